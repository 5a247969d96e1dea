package import NIOCore

/// Datagrams on a byte stream: each behind its length in two bytes (RFC 4571 §2, RFC 6544 §3).
package struct StreamFraming: Sendable {
    /// Bytes of a datagram that is taken; a browser's are below 1,300.
    package static let maximumLength = 8192

    private var waiting = ByteBuffer()

    package init() {}

    package mutating func append(_ bytes: ByteBuffer) {
        waiting.writeImmutableBuffer(bytes)
    }

    /// The next datagram; nil where it is not whole yet.
    ///
    /// - Throws: where it is longer than what is taken. The stream cannot be read on then.
    package mutating func next() throws(StreamFramingError) -> ByteBuffer? {
        guard let length = waiting.getInteger(at: waiting.readerIndex, as: UInt16.self) else { return nil }
        guard length <= Self.maximumLength else { throw StreamFramingError(length: Int(length)) }
        guard waiting.readableBytes >= 2 + Int(length) else { return nil }
        waiting.moveReaderIndex(forwardBy: 2)
        let datagram = waiting.readSlice(length: Int(length))
        waiting.discardReadBytes()
        return datagram
    }

    package static func write(_ datagram: ByteBuffer, into output: inout ByteBuffer) {
        precondition(datagram.readableBytes <= UInt16.max, "a datagram of ours is below the path's MTU")
        output.writeInteger(UInt16(datagram.readableBytes))
        output.writeImmutableBuffer(datagram)
    }
}

/// A frame on a stream is longer than any datagram that a peer sends.
package struct StreamFramingError: Error, Hashable, Sendable {
    package let length: Int

    package init(length: Int) {
        self.length = length
    }
}
