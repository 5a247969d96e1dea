package import NIOCore

/// What the packets of a repair stream carry (RFC 4588 §4): the sequence number of the packet sent again, then its payload.
package enum RetransmissionPayload {
    /// The payload of a repair packet taken apart; nil where it carries nothing, as padding that probes the path does.
    package static func read(_ payload: ByteBuffer) -> (sequence: UInt16, payload: ByteBuffer)? {
        var rest = payload
        guard let sequence: UInt16 = rest.readInteger(), rest.readableBytes > 0 else { return nil }
        return (sequence, rest)
    }

    package static func write(_ payload: ByteBuffer, of sequence: UInt16, into output: inout ByteBuffer) {
        output.writeInteger(sequence)
        output.writeImmutableBuffer(payload)
    }
}
