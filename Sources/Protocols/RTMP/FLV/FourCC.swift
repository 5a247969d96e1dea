import NIOCore

/// Four ASCII characters that name a codec in Enhanced RTMP.
struct FourCC: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ input: inout ByteBuffer) throws(RTMPError) {
        guard let code: UInt32 = input.readInteger() else {
            throw RTMPError(.malformed, "A header of Enhanced RTMP ends before the name of its codec.")
        }
        rawValue = code
    }

    /// H.264.
    static let avc = FourCC(rawValue: 0x6176_6331)
    /// AAC.
    static let aac = FourCC(rawValue: 0x6D70_3461)

    /// Nil where a character is none that can be shown.
    var text: String? {
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: rawValue >> $0) }
        return bytes.allSatisfy { 0x20..<0x7F ~= $0 } ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
