package import NIOCore

/// The header of a packet (RFC 3550 §5.1), which SRTP leaves readable.
package struct RTPHeader: Hashable, Sendable {
    package static let fixedLength = 12
    private static let version: UInt8 = 2
    private static let paddingBit: UInt8 = 0x20
    private static let extensionBit: UInt8 = 0x10
    static let markerBit: UInt8 = 0x80

    package var payloadType: UInt8
    package var hasMarker: Bool
    package var sequence: UInt16
    package var timestamp: UInt32
    package var ssrc: SSRC
    package var extensions = HeaderExtensions()
    /// Whether the packet says that padding ends it. SRTP hides how much.
    package private(set) var hasPadding = false
    /// Bytes of the whole header as it was read: with contributing sources and extensions.
    package private(set) var length = RTPHeader.fixedLength

    package init(payloadType: UInt8, hasMarker: Bool, sequence: UInt16, timestamp: UInt32, ssrc: SSRC) {
        self.payloadType = payloadType
        self.hasMarker = hasMarker
        self.sequence = sequence
        self.timestamp = timestamp
        self.ssrc = ssrc
    }

    /// Reads what `datagram` begins with; its readable bytes stay as they are.
    package init(of datagram: ByteBuffer) throws(RTPError) {
        var input = datagram
        guard let (first, second, sequence, timestamp, ssrc) = input.readMultipleIntegers(as: Fixed.self),
            first >> 6 == Self.version
        else { throw RTPError(.malformed, "A packet that is no RTP of version 2.") }
        self.init(
            payloadType: second & 0x7F, hasMarker: second & Self.markerBit != 0, sequence: sequence, timestamp: timestamp,
            ssrc: SSRC(ssrc))
        let sources = Int(first & 0x0F) * 4
        guard input.readableBytes >= sources else { throw RTPError(.malformed, "A packet that ends within its sources.") }
        input.moveReaderIndex(forwardBy: sources)
        if first & Self.extensionBit != 0 { extensions = try HeaderExtensions(&input) }
        hasPadding = first & Self.paddingBit != 0
        length = datagram.readableBytes - input.readableBytes
    }

    private typealias Fixed = (UInt8, UInt8, UInt16, UInt32, UInt32)

    /// Appends the header with these extensions, without padding and contributing sources.
    package func write(_ values: ExtensionValues = ExtensionValues(), as map: ExtensionMap = [:], into output: inout ByteBuffer) {
        let start = output.writerIndex
        let marked = payloadType & 0x7F | (hasMarker ? Self.markerBit : 0)
        output.writeMultipleIntegers(Self.version << 6, marked, sequence, timestamp, ssrc.value)
        if values.write(as: map, into: &output) {
            output.setInteger(Self.version << 6 | Self.extensionBit, at: start)
        }
    }
}

extension ByteBuffer {
    /// Gives the RTP packet that the readable bytes are another place in another stream; all else stays.
    package mutating func rewriteHeader(payloadType: UInt8, sequence: UInt16, timestamp: UInt32, ssrc: SSRC) {
        precondition(readableBytes >= RTPHeader.fixedLength, "only a packet that was read before is rewritten")
        let marker = (getInteger(at: readerIndex + 1, as: UInt8.self) ?? 0) & 0x80
        setInteger(payloadType & 0x7F | marker, at: readerIndex + 1)
        setInteger(sequence, at: readerIndex + 2)
        setInteger(timestamp, at: readerIndex + 4)
        setInteger(ssrc.value, at: readerIndex + 8)
    }
}
