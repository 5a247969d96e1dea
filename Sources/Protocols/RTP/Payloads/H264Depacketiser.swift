import NIOCore

/// H.264 in packetization-modes 0 and 1 (RFC 6184 §5.6 to 5.8).
struct H264Depacketiser: Depacketiser {
    private var frame = ByteBuffer()
    private var isKey = false
    /// Where the length of the unit stands whose fragments are coming.
    private var fragmented: Int?

    mutating func append(_ payload: ByteBuffer) throws(RTPError) {
        guard let head = payload.firstByte else { throw RTPError(.malformed, "An H.264 packet without a byte.") }
        let kind = head & H264Payload.typeMask
        guard kind == H264Payload.fragment || fragmented == nil else {
            throw RTPError(.malformed, "An H.264 unit without its last fragment.")
        }
        switch kind {
        case H264Payload.singleTypes: add(payload)
        case H264Payload.aggregate: try addAggregate(payload)
        case H264Payload.fragment: try addFragment(payload)
        default: throw RTPError(.unsupported, "An H.264 packet of type \(kind), which was not negotiated.")
        }
    }

    mutating func finish() -> (bytes: ByteBuffer, isKey: Bool)? {
        fragmented == nil && frame.readableBytes > 0 ? (frame, isKey) : nil
    }

    mutating func discard() {
        (frame, isKey, fragmented) = (ByteBuffer(), false, nil)
    }

    private mutating func add(_ unit: ByteBuffer) {
        note(unit.firstByte)
        frame.writeInteger(UInt32(clamping: unit.readableBytes))
        frame.writeImmutableBuffer(unit)
    }

    private mutating func addAggregate(_ payload: ByteBuffer) throws(RTPError) {
        let units = H264Payload.units(of: payload.dropping(1))
        guard units.reduce(1, { $0 + 2 + $1.readableBytes }) == payload.readableBytes else {
            throw RTPError(.malformed, "An H.264 aggregate that ends within a unit.")
        }
        for unit in units where unit.readableBytes > 0 { add(unit) }
    }

    private mutating func addFragment(_ payload: ByteBuffer) throws(RTPError) {
        var rest = payload
        guard let (indicator, header) = rest.readMultipleIntegers(as: (UInt8, UInt8).self) else {
            throw RTPError(.malformed, "An H.264 fragment without its header.")
        }
        if header & H264Payload.startBit != 0 {
            fragmented = frame.writerIndex
            frame.writeInteger(UInt32(0))
            let head = indicator & H264Payload.importanceMask | header & H264Payload.typeMask
            note(head)
            frame.writeInteger(head)
        }
        guard let lengthIndex = fragmented else { throw RTPError(.malformed, "An H.264 unit without its first fragment.") }
        frame.writeImmutableBuffer(rest)
        guard header & H264Payload.endBit != 0 else { return }
        frame.setInteger(UInt32(clamping: frame.writerIndex - lengthIndex - 4), at: lengthIndex)
        fragmented = nil
    }

    private mutating func note(_ head: UInt8?) {
        if let head, head & H264Payload.typeMask == H264Payload.Unit.instantRefresh { isKey = true }
    }
}

extension ByteBuffer {
    /// What follows the first `count` bytes, which are there.
    func dropping(_ count: Int) -> ByteBuffer {
        var rest = self
        rest.moveReaderIndex(forwardBy: count)
        return rest
    }
}
