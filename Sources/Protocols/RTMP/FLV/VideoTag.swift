package import NIOCore

/// The body of a video message, as far as H.264 needs it: in the headers of FLV (10.1 §E.4.3.1), or in those of Enhanced RTMP.
package enum VideoTag: Hashable, Sendable {
    /// An AVCDecoderConfigurationRecord: the parameters of all pictures from here on.
    case configuration(ByteBuffer)
    case picture(Picture)
    /// No picture follows until another configuration.
    case endOfSequence
    /// Empty, a command to a player, what is said about colours, or of another track than the default one.
    case nothing
    case foreign(ForeignCodec)

    package struct Picture: Hashable, Sendable {
        package let isKey: Bool
        /// Microseconds between decoding and showing; negative only from a faulty encoder.
        package let presentationOffset: Int64
        /// Length-prefixed NAL units (ISO/IEC 14496-15), a slice of the message.
        package let payload: ByteBuffer

        package init(isKey: Bool, presentationOffset: Int64, payload: ByteBuffer) {
            self.isKey = isKey
            self.presentationOffset = presentationOffset
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
        let (frameType, low) = (head >> 4 & 0x07, head & 0x0F)
        if frameType == Self.commandFrame {
            self = .nothing
        } else if head & Self.enhancedFlag != 0 {
            self = try Self.readEnhanced(low, isKey: frameType == Self.keyFrame, &input)
        } else if low == Self.avc {
            self = try Self.readAVC(isKey: frameType == Self.keyFrame, &input)
        } else {
            self = .foreign(ForeignCodec(.picture, name: Self.name(ofCodec: low)))
        }
    }

    private static func readAVC(isKey: Bool, _ input: inout ByteBuffer) throws(RTMPError) -> VideoTag {
        guard let packetType: UInt8 = input.readInteger(), let offset = readOffset(&input) else {
            throw RTMPError(.malformed, "A video message ends within its H.264 header.")
        }
        switch packetType {
        case 0: return .configuration(input.slice())
        case 1: return picture(isKey, offset, input)
        case 2: return .endOfSequence
        default: throw RTMPError(.malformed, "H.264 in FLV has no packet type \(packetType).")
        }
    }

    /// Type 3 leaves out the offset, which is 0 then; type 4 tells of colours.
    private static func readEnhanced(_ type: UInt8, isKey: Bool, _ input: inout ByteBuffer) throws(RTMPError) -> VideoTag {
        guard let body = try EnhancedBody(type, .picture, &input) else { return .nothing }
        guard body.codec == .avc else { return .foreign(ForeignCodec(.picture, body.codec)) }
        var payload = body.payload
        switch body.packetType {
        case 0: return .configuration(payload)
        case 1:
            guard let offset = readOffset(&payload) else {
                throw RTMPError(.malformed, "A video message ends within its H.264 header.")
            }
            return picture(isKey, offset + body.nanoseconds / 1000, payload)
        case 2: return .endOfSequence
        case 3: return picture(isKey, body.nanoseconds / 1000, payload)
        case 4: return .nothing
        default: throw RTMPError(.malformed, "H.264 in Enhanced RTMP has no packet type \(body.packetType).")
        }
    }

    private static func picture(_ isKey: Bool, _ offset: Int64, _ payload: ByteBuffer) -> VideoTag {
        guard payload.readableBytes > 0 else { return .nothing }
        return .picture(Picture(isKey: isKey, presentationOffset: offset, payload: payload.slice()))
    }

    /// 24 bits with their sign, in milliseconds; here in microseconds.
    private static func readOffset(_ input: inout ByteBuffer) -> Int64? {
        input.readUInt24().map { Int64(Int32(bitPattern: $0 << 8) >> 8) * 1000 }
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
