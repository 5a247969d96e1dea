package import NIOCore

/// The body of an audio message, as far as AAC needs it: in the header of FLV (10.1 §E.4.2.1), or in those of Enhanced RTMP. The
/// rate, size and channel bits of the former are fixed for AAC and say nothing: the AudioSpecificConfig decides.
package enum AudioTag: Hashable, Sendable {
    /// An AudioSpecificConfig: the parameters of all sound from here on.
    case configuration(ByteBuffer)
    /// One raw AAC frame, a slice of the message.
    case sound(ByteBuffer)
    /// Empty, the order of channels, or of another track than the default one.
    case nothing
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
        case Self.enhanced: self = try Self.readEnhanced(head & 0x0F, &input)
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

    /// Type 2 ends a sequence; type 4 tells which channel is which, as the configuration does.
    private static func readEnhanced(_ type: UInt8, _ input: inout ByteBuffer) throws(RTMPError) -> AudioTag {
        guard let body = try EnhancedBody(type, .sound, &input) else { return .nothing }
        guard body.codec == .aac else { return .foreign(ForeignCodec(.sound, body.codec)) }
        switch body.packetType {
        case 0: return .configuration(body.payload)
        case 1: return body.payload.readableBytes == 0 ? .nothing : .sound(body.payload)
        case 2, 4: return .nothing
        default: throw RTMPError(.malformed, "AAC in Enhanced RTMP has no packet type \(body.packetType).")
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
