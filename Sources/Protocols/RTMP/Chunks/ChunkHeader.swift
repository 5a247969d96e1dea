import NIOCore

/// The head of one chunk as it stands on the wire (RTMP 1.0 §5.3.1).
///
///     basic header 1–3 bytes │ message header 11, 7, 3 or 0 bytes │ extended timestamp 0 or 4 bytes
struct ChunkHeader: Hashable {
    /// Which fields of the message header are there; its raw value is `fmt`.
    enum Form: UInt8 {
        /// Everything, the timestamp absolute.
        case full = 0
        /// No message stream; the timestamp is a delta from here on.
        case sameStream = 1
        /// The delta only.
        case sameLength = 2
        /// Nothing: a continuation, or a message with all fields as before.
        case none = 3
    }

    /// 2 is for protocol control; 0 and 1 are escapes of the basic header.
    static let controlStream: UInt32 = 2
    /// Stands in the 24-bit field where the value follows in 32 bits.
    static let extendedMark: UInt32 = 0xFF_FFFF

    let form: Form
    let chunkStream: UInt32
    /// Milliseconds as written: absolute, or a delta; zero where the form has none.
    var time: UInt32 = 0
    var isExtended = false
    var length = 0
    var kind = Message.Kind(rawValue: 0)
    var messageStream: UInt32 = 0

    /// Reads the basic header; nil where bytes are missing, with `input` moved all the same.
    init?(basic input: inout ByteBuffer) {
        guard let first: UInt8 = input.readInteger(), let form = Form(rawValue: first >> 6) else { return nil }
        self.form = form
        switch first & 0x3F {
        case 0:
            guard let low: UInt8 = input.readInteger() else { return nil }
            chunkStream = 64 + UInt32(low)
        case 1:
            guard let wide: UInt16 = input.readInteger(endianness: .little) else { return nil }
            chunkStream = 64 + UInt32(wide)
        case let small:
            chunkStream = UInt32(small)
        }
    }

    /// Reads the message header that the form announces; false where bytes are missing.
    mutating func readMessageHeader(from input: inout ByteBuffer) -> Bool {
        guard form != .none else { return true }
        guard let time = input.readUInt24() else { return false }
        self.time = time
        isExtended = time == Self.extendedMark
        guard form != .sameLength else { return true }
        guard let length = input.readUInt24(), let kind: UInt8 = input.readInteger() else { return false }
        self.length = Int(length)
        self.kind = Message.Kind(rawValue: kind)
        guard form == .full else { return true }
        guard let stream: UInt32 = input.readInteger(endianness: .little) else { return false }
        messageStream = stream
        return true
    }
}

extension ByteBuffer {
    /// Three bytes, big-endian.
    mutating func readUInt24() -> UInt32? {
        guard let (high, low) = readMultipleIntegers(as: (UInt8, UInt16).self) else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// The low three bytes of `value`, big-endian.
    mutating func writeUInt24(_ value: UInt32) {
        writeInteger(UInt8(truncatingIfNeeded: value >> 16))
        writeInteger(UInt16(truncatingIfNeeded: value))
    }
}
