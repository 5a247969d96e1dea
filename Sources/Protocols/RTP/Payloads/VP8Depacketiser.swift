import NIOCore

/// What precedes a part of a VP8 frame in a packet (RFC 7741 §4.2).
struct VP8Descriptor {
    private static let extendedBit: UInt8 = 0x80
    private static let startBit: UInt8 = 0x10
    private static let interFrameBit: UInt8 = 0x01

    /// Whether the frame begins in this packet.
    let beginsFrame: Bool
    let beginsKeyFrame: Bool
    let payload: ByteBuffer

    static func read(_ packet: ByteBuffer) throws(RTPError) -> VP8Descriptor {
        var input = packet
        guard let head: UInt8 = input.readInteger(), skipExtension(head, &input), let first = input.firstByte else {
            throw RTPError(.malformed, "A VP8 packet that ends within its descriptor.")
        }
        let beginsFrame = head & startBit != 0 && head & 0x07 == 0
        return VP8Descriptor(
            beginsFrame: beginsFrame, beginsKeyFrame: beginsFrame && first & interFrameBit == 0, payload: input)
    }

    /// Picture number, temporal layer and key index: all of them are skipped.
    private static func skipExtension(_ head: UInt8, _ input: inout ByteBuffer) -> Bool {
        guard head & extendedBit != 0 else { return true }
        guard let flags: UInt8 = input.readInteger() else { return false }
        var length = (flags & 0x40 != 0 ? 1 : 0) + (flags & 0x30 != 0 ? 1 : 0)
        if flags & 0x80 != 0 { length += input.firstByte.map { $0 & 0x80 != 0 } ?? false ? 2 : 1 }
        return input.readSlice(length: length) != nil
    }
}

/// VP8 (RFC 7741).
struct VP8Depacketiser: Depacketiser {
    private var frame = ByteBuffer()
    private var isKey = false

    mutating func append(_ packet: ByteBuffer) throws(RTPError) {
        let part = try VP8Descriptor.read(packet)
        guard part.beginsFrame == (frame.readableBytes == 0) else {
            throw RTPError(.malformed, "A VP8 frame that begins within another, or without its first part.")
        }
        if part.beginsFrame { isKey = part.beginsKeyFrame }
        frame.writeImmutableBuffer(part.payload)
    }

    mutating func finish() -> (bytes: ByteBuffer, isKey: Bool)? {
        frame.readableBytes > 0 ? (frame, isKey) : nil
    }

    mutating func discard() {
        (frame, isKey) = (ByteBuffer(), false)
    }
}
