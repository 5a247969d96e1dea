package import NIOCore

/// The body of an audio message (FLV 10.1 §E.4.2.1), as far as AAC needs it. The rate, size and channel bits of its header are
/// fixed for AAC and say nothing: the AudioSpecificConfig decides.
package enum AudioTag: Hashable, Sendable {
    /// An AudioSpecificConfig: the parameters of all sound from here on.
    case configuration(ByteBuffer)
    /// One raw AAC frame, a slice of the message.
    case sound(ByteBuffer)
    case nothing
    /// Another codec, or AAC in the headers of Enhanced RTMP.
    case foreign(ForeignCodec)
}

extension AudioTag {
    private static let enhanced: UInt8 = 9
    private static let aac: UInt8 = 10

    package init(_ message: ByteBuffer) throws(RTMPError) {
        var input = message
        guard let head: UInt8 = input.readInteger() else {
            self = .nothing
            return
        }
        switch head >> 4 {
        case Self.enhanced: self = .foreign(ForeignCodec(enhanced: .sound, head: head, &input))
        case Self.aac: self = try Self.readAAC(&input)
        case let codec: self = .foreign(ForeignCodec(.sound, name: Self.name(ofCodec: codec)))
        }
    }

    private static func readAAC(_ input: inout ByteBuffer) throws(RTMPError) -> AudioTag {
        guard let packetType: UInt8 = input.readInteger() else {
            throw RTMPError(.malformed, "An audio message ends within its AAC header.")
        }
        switch packetType {
        case 0: return .configuration(input.slice())
        case 1: return input.readableBytes == 0 ? .nothing : .sound(input.slice())
        default: throw RTMPError(.malformed, "AAC in FLV has no packet type \(packetType).")
        }
    }

    private static func name(ofCodec id: UInt8) -> String {
        switch id {
        case 0, 3: "PCM"
        case 1: "ADPCM"
        case 2, 14: "MP3"
        case 4, 5, 6: "Nellymoser"
        case 7, 8: "G.711"
        case 11: "Speex"
        default: "audio codec \(id)"
        }
    }
}
