import NIOCore

/// The aggregation header that every packet of AV1 begins with (AV1 RTP specification 1.0 §4.4).
enum AV1Payload {
    static let continuesBit: UInt8 = 0x80
    static let isContinuedBit: UInt8 = 0x40
    private static let beginsSequenceBit: UInt8 = 0x08

    static func elementCount(_ head: UInt8) -> Int { Int(head >> 4 & 0x03) }

    static func beginsSequence(_ payload: ByteBuffer) -> Bool {
        payload.firstByte.map { $0 & beginsSequenceBit != 0 && $0 & continuesBit == 0 } ?? false
    }

    /// The pieces of OBUs in a packet. The last of a known number has no length before it (§4.3).
    static func elements(of packet: ByteBuffer) throws(RTPError) -> [ByteBuffer] {
        var rest = packet
        guard let head: UInt8 = rest.readInteger() else { throw RTPError(.malformed, "An AV1 packet without a byte.") }
        let count = elementCount(head)
        var elements: [ByteBuffer] = []
        while rest.readableBytes > 0 {
            let isLast = elements.count + 1 == count
            let length = isLast ? rest.readableBytes : try rest.readLEB128()
            guard let element = rest.readSlice(length: length) else {
                throw RTPError(.malformed, "An AV1 packet that ends within an element.")
            }
            elements.append(element)
        }
        return elements
    }
}

/// AV1 (AV1 RTP specification 1.0 §4): makes the low-overhead form, in which each OBU has its size.
struct AV1Depacketiser: Depacketiser {
    private enum Unit {
        static let sequenceHeader: UInt8 = 1
        static let temporalDelimiter: UInt8 = 2
        static let tileList: UInt8 = 8
        static let extensionBit: UInt8 = 0x04
        static let sizeBit: UInt8 = 0x02
    }

    private var frame = ByteBuffer()
    private var isKey = false
    /// The OBU that goes on in the next packet.
    private var fragment: ByteBuffer?

    mutating func append(_ packet: ByteBuffer) throws(RTPError) {
        let head = packet.firstByte ?? 0
        guard (head & AV1Payload.continuesBit != 0) == (fragment != nil) else {
            throw RTPError(.malformed, "An AV1 unit without its first part, or without its last.")
        }
        var elements = try AV1Payload.elements(of: packet)[...]
        if var whole = fragment.take(), let rest = elements.popFirst() {
            whole.writeImmutableBuffer(rest)
            elements = [whole] + elements
        }
        if head & AV1Payload.isContinuedBit != 0 { fragment = elements.popLast() }
        for element in elements { try add(element) }
    }

    mutating func finish() -> (bytes: ByteBuffer, isKey: Bool)? {
        fragment == nil && frame.readableBytes > 0 ? (frame, isKey) : nil
    }

    mutating func discard() {
        (frame, isKey, fragment) = (ByteBuffer(), false, nil)
    }

    /// Writes the OBU with a size where it has none (AV1 §5.3).
    private mutating func add(_ unit: ByteBuffer) throws(RTPError) {
        var rest = unit
        guard let head: UInt8 = rest.readInteger() else { return }
        let kind = head >> 3 & 0x0F
        guard kind != Unit.temporalDelimiter, kind != Unit.tileList else { return }
        if kind == Unit.sequenceHeader { isKey = true }
        let layer: UInt8? = head & Unit.extensionBit != 0 ? rest.readInteger() : nil
        if head & Unit.sizeBit != 0 { rest = try rest.readSized() }
        frame.writeInteger(head | Unit.sizeBit)
        if let layer { frame.writeInteger(layer) }
        frame.writeLEB128(rest.readableBytes)
        frame.writeImmutableBuffer(rest)
    }
}

extension ByteBuffer {
    /// AV1 §4.10.5, of at most four bytes: a frame is no larger.
    mutating func readLEB128() throws(RTPError) -> Int {
        var value = 0
        for shift in [0, 7, 14, 21] {
            guard let byte: UInt8 = readInteger() else { break }
            value |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        throw RTPError(.malformed, "An AV1 length that ends too early, or says more than a frame holds.")
    }

    mutating func writeLEB128(_ value: Int) {
        var rest = value
        while rest > 0x7F {
            writeInteger(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        writeInteger(UInt8(rest))
    }

    fileprivate mutating func readSized() throws(RTPError) -> ByteBuffer {
        let length = try readLEB128()
        guard let bytes = readSlice(length: length) else { throw RTPError(.malformed, "An AV1 unit shorter than it says.") }
        return bytes
    }
}
