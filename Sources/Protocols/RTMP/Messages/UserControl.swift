package import NIOCore

/// A user control message (RTMP 1.0 §7.1.7), as far as a server that only receives needs it.
package enum UserControl: Hashable, Sendable {
    case streamBegin(UInt32)
    case pingRequest(UInt32)
    case pingResponse(UInt32)
    /// Buffer lengths and the like, which concern players.
    case other

    package init(_ payload: ByteBuffer) throws(RTMPError) {
        var payload = payload
        guard let event: UInt16 = payload.readInteger(), let value: UInt32 = payload.readInteger() else {
            throw RTMPError(.malformed, "A user control message ends within its event.")
        }
        switch event {
        case 0: self = .streamBegin(value)
        case 6: self = .pingRequest(value)
        case 7: self = .pingResponse(value)
        default: self = .other
        }
    }

    package var message: Message? {
        switch self {
        case .streamBegin(let stream): Self.message(0, stream)
        case .pingRequest(let time): Self.message(6, time)
        case .pingResponse(let time): Self.message(7, time)
        case .other: nil
        }
    }

    private static func message(_ event: UInt16, _ value: UInt32) -> Message {
        var payload = ByteBuffer()
        payload.writeMultipleIntegers(event, value)
        return Message(.userControl, payload: payload)
    }
}

extension Message {
    /// A message whose payload is one 32-bit number: chunk size, abort, acknowledgement, window size.
    package static func control(_ kind: Kind, _ value: UInt32) -> Message {
        Message(kind, payload: ByteBuffer(integer: value))
    }
}
