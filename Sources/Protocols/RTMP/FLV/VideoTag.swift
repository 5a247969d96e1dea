package import NIOCore

/// The body of a video message (FLV 10.1 §E.4.3.1), as far as H.264 needs it.
package enum VideoTag: Hashable, Sendable {
    /// An AVCDecoderConfigurationRecord: the parameters of all pictures from here on.
    case configuration(ByteBuffer)
    case picture(Picture)
    /// No picture follows until another configuration.
    case endOfSequence
    /// Empty, or a command to a Flash player.
    case nothing
    /// Another codec, or H.264 in the headers of Enhanced RTMP.
    case foreign(ForeignCodec)

    package struct Picture: Hashable, Sendable {
        package let isKey: Bool
        /// Milliseconds between decoding and showing; negative only from a faulty encoder.
        package let compositionOffset: Int32
        /// Length-prefixed NAL units (ISO/IEC 14496-15), a slice of the message.
        package let payload: ByteBuffer

        package init(isKey: Bool, compositionOffset: Int32, payload: ByteBuffer) {
            self.isKey = isKey
            self.compositionOffset = compositionOffset
            self.payload = payload
        }
    }
}

extension VideoTag {
    private static let enhancedFlag: UInt8 = 0x80
    private static let avc: UInt8 = 7
    private static let keyFrame: UInt8 = 1
    private static let commandFrame: UInt8 = 5

    package init(_ message: ByteBuffer) throws(RTMPError) {
        var input = message
        guard let head: UInt8 = input.readInteger() else {
            self = .nothing
            return
        }
        guard head & Self.enhancedFlag == 0 else {
            self = .foreign(ForeignCodec(enhanced: .picture, head: head, &input))
            return
        }
        let (frameType, codec) = (head >> 4, head & 0x0F)
        if frameType == Self.commandFrame {
            self = .nothing
        } else if codec == Self.avc {
            self = try Self.readAVC(isKey: frameType == Self.keyFrame, &input)
        } else {
            self = .foreign(ForeignCodec(.picture, name: Self.name(ofCodec: codec)))
        }
    }

    private static func readAVC(isKey: Bool, _ input: inout ByteBuffer) throws(RTMPError) -> VideoTag {
        guard let packetType: UInt8 = input.readInteger(), let time = input.readUInt24() else {
            throw RTMPError(.malformed, "A video message ends within its H.264 header.")
        }
        switch packetType {
        case 0: return .configuration(input.slice())
        case 1 where input.readableBytes == 0: return .nothing
        case 1:
            let offset = Int32(bitPattern: time << 8) >> 8
            return .picture(Picture(isKey: isKey, compositionOffset: offset, payload: input.slice()))
        case 2: return .endOfSequence
        default: throw RTMPError(.malformed, "H.264 in FLV has no packet type \(packetType).")
        }
    }

    private static func name(ofCodec id: UInt8) -> String {
        switch id {
        case 2: "Sorenson H.263"
        case 3, 6: "Screen Video"
        case 4, 5: "VP6"
        case 12: "HEVC"
        default: "video codec \(id)"
        }
    }
}
