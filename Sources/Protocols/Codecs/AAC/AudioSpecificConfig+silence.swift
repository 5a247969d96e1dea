extension AudioSpecificConfig {
    /// An access unit in which nothing is heard: a raw_data_block whose channels carry no spectrum (ISO/IEC 14496-3 §4.4.2.1). Nil
    /// where the layout is none of the channel configurations 1 to 6.
    package var silence: [UInt8]? {
        guard let layout = Self.elements[channels] else { return nil }
        var bits = BitWriter()
        var instances: [Element: UInt32] = [:]
        for element in layout {
            element.writeSilence(instance: instances[element, default: 0], to: &bits)
            instances[element, default: 0] += 1
        }
        bits.append(Element.end.rawValue, 3)
        return bits.bytes
    }

    /// By number of channels (§1.6.3.5).
    private static let elements: [Int32: [Element]] = [
        1: [.single], 2: [.pair], 3: [.single, .pair], 4: [.single, .pair, .single], 5: [.single, .pair, .pair],
        6: [.single, .pair, .pair, .lowFrequency],
    ]
}

/// The elements of a raw_data_block (§4.5.2.1.1), by their id_syn_ele.
private enum Element: UInt32 {
    case single = 0
    case pair = 1
    case lowFrequency = 3
    case end = 7

    /// Bits of an individual_channel_stream without a band (§4.4.2.7), all of them zero: global_gain 8; one long window of the
    /// sine shape without prediction 11; no pulse, no noise shaping, no gain control 3.
    private static let streamLength = 22

    func writeSilence(instance: UInt32, to bits: inout BitWriter) {
        bits.append(rawValue, 3)
        bits.append(instance, 4)
        if self == .pair {
            // Without a common window each of the two says all of its own.
            bits.append(0, 1)
            bits.append(0, Self.streamLength)
        }
        bits.append(0, Self.streamLength)
    }
}

/// Puts bits together, the most significant first.
private struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var free = 0

    /// Appends the lowest `count` bits of `value`; what is free in the last byte is zero.
    mutating func append(_ value: UInt32, _ count: Int) {
        for place in (0..<count).reversed() {
            if free == 0 {
                bytes.append(0)
                free = 8
            }
            free -= 1
            bytes[bytes.count - 1] |= UInt8(truncatingIfNeeded: value >> UInt32(place) & 1) << UInt8(free)
        }
    }
}
