import NIOCore

/// What precedes a part of a VP9 frame in a packet (RFC 9628 §4.2).
struct VP9Descriptor {
    private enum Bit {
        static let pictureNumber: UInt8 = 0x80
        static let predicted: UInt8 = 0x40
        static let layers: UInt8 = 0x20
        static let flexible: UInt8 = 0x10
        static let begins: UInt8 = 0x08
        static let structure: UInt8 = 0x02
    }

    /// Whether the frame of its layer begins in this packet.
    let beginsFrame: Bool
    let beginsKeyFrame: Bool
    /// 0 is the smallest picture.
    let spatialLayer: UInt8
    let payload: ByteBuffer

    static func read(_ packet: ByteBuffer) throws(RTPError) -> VP9Descriptor {
        var input = packet
        guard let head: UInt8 = input.readInteger(), skipPictureNumber(head, &input),
            let layer = readLayer(head, &input), skipReferences(head, &input), skipStructure(head, &input),
            input.readableBytes > 0
        else { throw RTPError(.malformed, "A VP9 packet that ends within its descriptor.") }
        let beginsFrame = head & Bit.begins != 0
        return VP9Descriptor(
            beginsFrame: beginsFrame, beginsKeyFrame: beginsFrame && head & Bit.predicted == 0 && layer == 0,
            spatialLayer: layer, payload: input)
    }

    private static func skipPictureNumber(_ head: UInt8, _ input: inout ByteBuffer) -> Bool {
        guard head & Bit.pictureNumber != 0 else { return true }
        guard let first: UInt8 = input.readInteger() else { return false }
        return first & 0x80 == 0 || input.readInteger(as: UInt8.self) != nil
    }

    private static func readLayer(_ head: UInt8, _ input: inout ByteBuffer) -> UInt8? {
        guard head & Bit.layers != 0 else { return 0 }
        guard let layers: UInt8 = input.readInteger() else { return nil }
        let hasKeyIndex = head & Bit.flexible == 0
        if hasKeyIndex, input.readInteger(as: UInt8.self) == nil { return nil }
        return layers >> 1 & 0x07
    }

    /// Up to three, each of which says whether another follows.
    private static func skipReferences(_ head: UInt8, _ input: inout ByteBuffer) -> Bool {
        guard head & Bit.flexible != 0, head & Bit.predicted != 0 else { return true }
        for _ in 0..<3 {
            guard let reference: UInt8 = input.readInteger() else { return false }
            if reference & 1 == 0 { return true }
        }
        return true
    }

    /// The sizes of the layers and how a group of pictures hangs together (§4.2.1).
    private static func skipStructure(_ head: UInt8, _ input: inout ByteBuffer) -> Bool {
        guard head & Bit.structure != 0 else { return true }
        guard let flags: UInt8 = input.readInteger() else { return false }
        if flags & 0x10 != 0, input.readSlice(length: (Int(flags >> 5) + 1) * 4) == nil { return false }
        guard flags & 0x08 != 0 else { return true }
        guard let pictures: UInt8 = input.readInteger() else { return false }
        for _ in 0..<pictures {
            guard let picture: UInt8 = input.readInteger(), input.readSlice(length: Int(picture >> 2 & 0x03)) != nil else {
                return false
            }
        }
        return true
    }
}

/// VP9 (RFC 9628), of which the lowest spatial layer is taken: the only one unless a sender was asked for more.
struct VP9Depacketiser: Depacketiser {
    private var frame = ByteBuffer()
    private var isKey = false

    mutating func append(_ packet: ByteBuffer) throws(RTPError) {
        let part = try VP9Descriptor.read(packet)
        guard part.spatialLayer == 0 else { return }
        guard part.beginsFrame == (frame.readableBytes == 0) else {
            throw RTPError(.malformed, "A VP9 frame that begins within another, or without its first part.")
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
