package import NIOCore

/// One control packet (RFC 3550 §6, RFC 4585 §6, RFC 5104 §4).
package enum RTCPPacket: Hashable, Sendable {
    case senderReport(SenderReport)
    case receiverReport(ReceiverReport)
    case sourceDescription([SourceDescription])
    case goodbye([SSRC])
    case nack(NACK)
    case pictureLoss(PictureLoss)
    case fullIntraRequest(FullIntraRequest)
    case bitrateEstimate(BitrateEstimate)
    case transportFeedback(TransportFeedback)
}

extension RTCPPacket {
    /// Control packets that one datagram may hold; browsers send three or four.
    package static let maximumPackets = 64
    static let version: UInt8 = 2
    private static let paddingBit: UInt8 = 0x20

    enum Kind {
        static let senderReport: UInt8 = 200
        static let receiverReport: UInt8 = 201
        static let sourceDescription: UInt8 = 202
        static let goodbye: UInt8 = 203
        static let transportFeedback: UInt8 = 205
        static let payloadFeedback: UInt8 = 206
    }

    enum Feedback {
        static let nack: UInt8 = 1
        static let transport: UInt8 = 15
        static let pictureLoss: UInt8 = 1
        static let fullIntraRequest: UInt8 = 4
        static let application: UInt8 = 15
    }

    /// Reads a datagram in the clear: a compound packet, or one of reduced size (RFC 5506). Kinds that are not understood are
    /// skipped.
    package static func read(_ datagram: ByteBuffer) throws(RTPError) -> [RTCPPacket] {
        var input = datagram
        var packets: [RTCPPacket] = []
        for _ in 0..<maximumPackets where input.readableBytes > 0 {
            guard let (first, kind, words) = input.readMultipleIntegers(as: (UInt8, UInt8, UInt16).self),
                first >> 6 == version, var body = input.readSlice(length: Int(words) * 4)
            else { throw RTPError(.malformed, "A control packet that is torn, or not of version 2.") }
            if first & paddingBit != 0 { try dropPadding(&body) }
            if let packet = try read(kind, count: first & 0x1F, body) { packets.append(packet) }
        }
        guard input.readableBytes == 0 else { throw RTPError(.tooLarge, "More than \(maximumPackets) control packets at once.") }
        return packets
    }

    private static func dropPadding(_ body: inout ByteBuffer) throws(RTPError) {
        guard let padding = body.getInteger(at: body.writerIndex - 1, as: UInt8.self), Int(padding) <= body.readableBytes else {
            throw RTPError(.malformed, "A control packet with more padding than it has bytes.")
        }
        body.moveWriterIndex(to: body.writerIndex - Int(padding))
    }

    private static func read(_ kind: UInt8, count: UInt8, _ body: ByteBuffer) throws(RTPError) -> RTCPPacket? {
        var body = body
        return switch kind {
        case Kind.senderReport: .senderReport(try SenderReport(&body, blocks: count))
        case Kind.receiverReport: .receiverReport(try ReceiverReport(&body, blocks: count))
        case Kind.sourceDescription: .sourceDescription(try SourceDescription.readAll(&body, count: count))
        case Kind.goodbye: .goodbye(try readSources(&body, count: count))
        case Kind.transportFeedback: try readTransportFeedback(format: count, &body)
        case Kind.payloadFeedback: try readPayloadFeedback(format: count, &body)
        default: nil
        }
    }

    private static func readTransportFeedback(format: UInt8, _ body: inout ByteBuffer) throws(RTPError) -> RTCPPacket? {
        switch format {
        case Feedback.nack: .nack(try NACK(&body))
        case Feedback.transport: .transportFeedback(try TransportFeedback(&body))
        default: nil
        }
    }

    private static func readPayloadFeedback(format: UInt8, _ body: inout ByteBuffer) throws(RTPError) -> RTCPPacket? {
        switch format {
        case Feedback.pictureLoss: .pictureLoss(try PictureLoss(&body))
        case Feedback.fullIntraRequest: .fullIntraRequest(try FullIntraRequest(&body))
        case Feedback.application: try BitrateEstimate(&body).map(RTCPPacket.bitrateEstimate)
        default: nil
        }
    }

    private static func readSources(_ body: inout ByteBuffer, count: UInt8) throws(RTPError) -> [SSRC] {
        var sources: [SSRC] = []
        for _ in 0..<count { sources.append(try body.readSource()) }
        return sources
    }
}

// MARK: - Writing

extension RTCPPacket {
    /// Appends the packet. Several after each other make a compound packet, which begins with a report (RFC 3550 §6.1).
    package func write(into output: inout ByteBuffer) {
        switch self {
        case .senderReport(let report):
            Self.write(Kind.senderReport, UInt8(report.blocks.count), into: &output) { report.write(into: &$0) }
        case .receiverReport(let report):
            Self.write(Kind.receiverReport, UInt8(report.blocks.count), into: &output) { report.write(into: &$0) }
        case .sourceDescription(let sources):
            Self.write(Kind.sourceDescription, UInt8(sources.count), into: &output) { body in
                for source in sources { source.write(into: &body) }
            }
        case .goodbye(let sources):
            Self.write(Kind.goodbye, UInt8(sources.count), into: &output) { body in
                for source in sources { body.writeInteger(source.value) }
            }
        case .nack(let nack):
            Self.write(Kind.transportFeedback, Feedback.nack, into: &output) { nack.write(into: &$0) }
        case .transportFeedback(let feedback):
            Self.write(Kind.transportFeedback, Feedback.transport, into: &output) { feedback.write(into: &$0) }
        case .pictureLoss(let loss):
            Self.write(Kind.payloadFeedback, Feedback.pictureLoss, into: &output) { loss.write(into: &$0) }
        case .fullIntraRequest(let request):
            Self.write(Kind.payloadFeedback, Feedback.fullIntraRequest, into: &output) { request.write(into: &$0) }
        case .bitrateEstimate(let estimate):
            Self.write(Kind.payloadFeedback, Feedback.application, into: &output) { estimate.write(into: &$0) }
        }
    }

    private static func write(
        _ kind: UInt8, _ count: UInt8, into output: inout ByteBuffer, body: (inout ByteBuffer) -> Void
    ) {
        precondition(count < 32, "what our own code reports in one packet fits five bits")
        let start = output.writerIndex
        output.writeMultipleIntegers(version << 6 | count, kind, UInt16(0))
        body(&output)
        output.writeRepeatingByte(0, count: (4 - (output.writerIndex - start) % 4) % 4)
        output.setInteger(UInt16((output.writerIndex - start) / 4 - 1), at: start + 2)
    }
}

extension ByteBuffer {
    mutating func readSource() throws(RTPError) -> SSRC {
        SSRC(try readWord())
    }

    mutating func readWord() throws(RTPError) -> UInt32 {
        guard let word: UInt32 = readInteger() else { throw RTPError(.malformed, "A control packet that ends too early.") }
        return word
    }
}
