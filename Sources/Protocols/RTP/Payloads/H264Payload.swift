import NIOCore

/// The structures of RFC 6184 §5.2 that packetization-mode 1 uses.
enum H264Payload {
    static let typeMask: UInt8 = 0x1F
    /// The forbidden bit and the importance, which an aggregate or a fragment shows for what it holds.
    static let importanceMask: UInt8 = 0xE0
    static let aggregate: UInt8 = 24
    static let fragment: UInt8 = 28
    static let singleTypes: ClosedRange<UInt8> = 1...23
    static let startBit: UInt8 = 0x80
    static let endBit: UInt8 = 0x40

    enum Unit {
        static let instantRefresh: UInt8 = 5
        static let sequenceSet: UInt8 = 7
        static let pictureSet: UInt8 = 8
        static let delimiter: UInt8 = 9
    }

    /// Whether an instantaneous refresh, or the parameter sets before one, begin in this packet.
    static func beginsKeyFrame(_ payload: ByteBuffer) -> Bool {
        var rest = payload
        guard let head: UInt8 = rest.readInteger() else { return false }
        switch head & typeMask {
        case aggregate: return units(of: rest).contains(where: opensKeyFrame)
        case fragment: return rest.firstByte.map { $0 & startBit != 0 } ?? false && opensKeyFrame(rest)
        default: return opensKeyFrame(payload)
        }
    }

    /// The units of an aggregate behind its first byte, up to a torn one.
    static func units(of aggregate: ByteBuffer) -> [ByteBuffer] {
        var rest = aggregate
        var units: [ByteBuffer] = []
        while let unit = rest.readLengthPrefixedSlice(as: UInt16.self) { units.append(unit) }
        return units
    }

    /// Whether the unit, or the head of a fragment and what follows it, is a sequence parameter set or the first slice of a
    /// refresh: its first_mb_in_slice is 0, which is the bit 1 (H.264 §7.3.3).
    private static func opensKeyFrame(_ unit: ByteBuffer) -> Bool {
        guard let (head, next) = unit.peekMultipleIntegers(as: (UInt8, UInt8).self) else { return false }
        return switch head & typeMask {
        case Unit.sequenceSet: true
        case Unit.instantRefresh: next & 0x80 != 0
        default: false
        }
    }
}

extension ByteBuffer {
    var firstByte: UInt8? { getInteger(at: readerIndex) }
}
