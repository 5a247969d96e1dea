/// Reads bits from the highest of each byte on. Past the end it throws.
struct BitReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var remaining: Int { bytes.count * 8 - position }

    mutating func bit() throws(CodecError) -> Bool {
        guard remaining > 0 else { throw CodecError(.malformed, "The codec's parameters end too early.") }
        let byte = bytes[position >> 3]
        let isSet = byte >> UInt8(7 - position & 7) & 1 == 1
        position += 1
        return isSet
    }

    /// An unsigned number of at most 32 bits.
    mutating func bits(_ count: Int) throws(CodecError) -> UInt32 {
        precondition(0...32 ~= count, "field widths are written in our own code")
        var value: UInt32 = 0
        for _ in 0..<count { value = value << 1 | (try bit() ? 1 : 0) }
        return value
    }

    mutating func skip(_ count: Int) throws(CodecError) {
        for _ in 0..<count { _ = try bit() }
    }

    /// ue(v), the Exp-Golomb code of H.264 §9.1.
    mutating func unsigned() throws(CodecError) -> UInt32 {
        var zeros = 0
        while try !bit() {
            zeros += 1
            guard zeros < 32 else { throw CodecError(.malformed, "An Exp-Golomb code of more than 32 bits.") }
        }
        return (try bits(zeros)) &+ ((1 << UInt32(zeros)) - 1)
    }

    /// ue(v) that may not be greater than `maximum`.
    mutating func unsigned(atMost maximum: UInt32, _ name: StaticString) throws(CodecError) -> UInt32 {
        let value = try unsigned()
        guard value <= maximum else { throw CodecError(.malformed, "\(name) is \(value), above \(maximum).") }
        return value
    }

    /// se(v), §9.1.1.
    mutating func signed() throws(CodecError) -> Int64 {
        let code = Int64(try unsigned())
        return code & 1 == 1 ? (code + 1) / 2 : -(code / 2)
    }
}
