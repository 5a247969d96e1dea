package import NIOCore

/// A call over the connection (RTMP 1.0 §7.2): a name, a number for the answer, a command object and arguments.
///
/// It may hold a stream key among its arguments; it is never printed.
package struct Command: Hashable, Sendable {
    package let name: String
    /// Repeated in the answer; 0 wants none.
    package let transaction: Double
    /// The command object first, `null` where there is none.
    package let arguments: [AMFValue]

    package init(_ name: String, transaction: Double = 0, arguments: [AMFValue]) {
        self.name = name
        self.transaction = transaction
        self.arguments = arguments
    }

    package init(_ name: String, transaction: Double = 0, _ arguments: AMFValue...) {
        self.init(name, transaction: transaction, arguments: arguments)
    }

    package init(_ payload: ByteBuffer, limits: AMFLimits = AMFLimits()) throws(RTMPError) {
        var decoder = AMF0Decoder(payload, limits: limits)
        guard let name = try decoder.next()?.string, let transaction = try decoder.next()?.number else {
            throw RTMPError(.malformed, "A command without a name or a transaction number.")
        }
        self.name = name
        self.transaction = transaction
        arguments = try decoder.rest()
    }

    package var payload: ByteBuffer {
        var output = ByteBuffer()
        AMFValue.string(name).encode(to: &output)
        AMFValue.number(transaction).encode(to: &output)
        for argument in arguments { argument.encode(to: &output) }
        return output
    }

    package func argument(_ position: Int) -> AMFValue? {
        arguments.indices.contains(position) ? arguments[position] : nil
    }
}

extension Command: CustomStringConvertible, CustomReflectable {
    package var description: String { "Command(\(name.count) characters, ‹redacted›)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Message {
    /// The payload as AMF0: behind the selector byte 0 in the message kinds of AMF3 (Enhanced RTMP v2, “AMF3 usage”).
    func amfPayload() throws(RTMPError) -> ByteBuffer {
        guard kind == .commandAMF3 || kind == .dataAMF3 else { return payload }
        var payload = payload
        guard payload.readInteger(as: UInt8.self) == 0 else {
            throw RTMPError(.malformed, "An AMF3 message whose format selector is not 0.")
        }
        return payload
    }
}
