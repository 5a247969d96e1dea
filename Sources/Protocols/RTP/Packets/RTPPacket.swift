package import NIOCore

/// A packet in the clear. Header extensions and payload share the storage of the datagram.
package struct RTPPacket: Hashable, Sendable {
    package let header: RTPHeader
    /// Without padding; empty where a packet only probes the path.
    package let payload: ByteBuffer

    package init(header: RTPHeader, payload: ByteBuffer) {
        self.header = header
        self.payload = payload
    }

    package init(_ datagram: ByteBuffer) throws(RTPError) {
        header = try RTPHeader(of: datagram)
        var payload = datagram
        payload.moveReaderIndex(forwardBy: header.length)
        self.payload = header.hasPadding ? try Self.withoutPadding(payload) : payload
    }

    private static func withoutPadding(_ payload: ByteBuffer) throws(RTPError) -> ByteBuffer {
        guard let padding = payload.getInteger(at: payload.writerIndex - 1, as: UInt8.self),
            padding > 0, let rest = payload.getSlice(at: payload.readerIndex, length: payload.readableBytes - Int(padding))
        else { throw RTPError(.malformed, "A packet with more padding than it has bytes.") }
        return rest
    }

    /// Which of the two a datagram is whose first byte is 128 to 191 (RFC 5761 §4).
    package static func isControl(_ datagram: ByteBuffer) -> Bool {
        datagram.getInteger(at: datagram.readerIndex + 1, as: UInt8.self).map { 192...223 ~= $0 } ?? false
    }
}
