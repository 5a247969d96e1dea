import Codecs
import Media
import NIOCore
import Testing

/// The records are those of libx264 in FLV files that ffmpeg 5.1 wrote (`testsrc2`, with the options named).
@Suite struct AVCConfigurationTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let record: String
        let codecs: String
        let width: Int32
        let height: Int32
        let reorders: Bool
    }

    static let vectors = [
        Vector(
            testDescription: "High 1080p with B-frames, cropped from 1088 lines",
            record: """
                01640028ffe1001b67640028acd940780227e5c044000003000400000300c83c60c65801000468ef8fcbfdf8f800
                """, codecs: "avc1.640028", width: 1920, height: 1080, reorders: true),
        Vector(
            testDescription: "Baseline",
            record: "0142c01effe100196742c01ed900a02ff970110000030001000003003c0f162e4801000568cb83cb20",
            codecs: "avc1.42c01e", width: 640, height: 360, reorders: false),
        Vector(
            testDescription: "Main, tuned for low delay",
            record: "014d401fffe10019674d401fd9005005bb0110000003001000000303c8f183248001000568ebc3cb20",
            codecs: "avc1.4d401f", width: 1280, height: 720, reorders: false),
        Vector(
            testDescription: "High 4:2:2 without B-frames, of an uneven width",
            record: "017a001fffe1001a677a001fbcb201b07bcde022000003000200000300781e30649001000668ebc3cb22c0fef8f800",
            codecs: "avc1.7a001f", width: 854, height: 480, reorders: false),
        Vector(
            testDescription: "High 1080i with HRD parameters",
            record: """
                01640028ffe1002467640028acd94078044fde022000000300200000064c08001e848003d09c98601f162d9601000568fbacb22cfdf8f800
                """, codecs: "avc1.640028", width: 1920, height: 1080, reorders: true),
        Vector(
            testDescription: "High 4:4:4 with scaling lists",
            record: "01f4000dffe1001967f4000d919b28283f6022000003000200000300641e28532c01000868ebe3c44c000440fff8f800",
            codecs: "avc1.f4000d", width: 320, height: 240, reorders: true),
    ]

    @Test(arguments: vectors)
    func `a record of libx264 is read`(_ vector: Vector) throws {
        let bytes = try #require(hexadecimal(vector.record))
        let configuration = try AVCConfiguration(ByteBuffer(bytes: bytes))
        #expect(configuration.lengthSize == 4)
        #expect(
            configuration.pictureFormat
                == PictureFormat(
                    codec: .h264, codecs: vector.codecs, width: vector.width, height: vector.height, configuration: bytes,
                    reorders: vector.reorders))
    }

    @Test(arguments: vectors)
    func `a record cut short is malformed, and no cut or flipped bit is worse`(_ vector: Vector) throws {
        let bytes = try #require(hexadecimal(vector.record))
        for length in 0..<20 {
            #expect { try AVCConfiguration(ByteBuffer(bytes: bytes.prefix(length))) } throws: {
                ($0 as? CodecError)?.code == .malformed
            }
        }
        for bit in 0..<(bytes.count * 8) {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            let format = try? AVCConfiguration(ByteBuffer(bytes: flipped)).pictureFormat
            if let format { #expect(format.width > 0 && format.height > 0) }
        }
    }

    @Test func `a record without parameter sets is malformed`() {
        for bytes: [UInt8] in [[1, 66, 0, 30, 0xFF, 0xE0, 0], [1, 66, 0, 30, 0xFE, 0xE0, 0], [2, 66, 0, 30, 0xFF, 0xE0, 0]] {
            #expect { try AVCConfiguration(ByteBuffer(bytes: bytes)) } throws: { ($0 as? CodecError)?.code == .malformed }
        }
    }

    @Test func `a picture of a million lines is refused`() {
        // Baseline, order type 2, one reference, 65,535 macroblocks in width: ue(65534) is 15 zeros, 1, 15 bits.
        let bits = "1 1 011 010 0 0000000000000001111111111111111"
        let unit: [UInt8] = [0x67, 66, 0, 30] + packed(bits)
        #expect { try SequenceParameterSet(unit) } throws: { ($0 as? CodecError)?.code == .malformed }
    }

    @Test func `an Exp-Golomb code without end is malformed`() {
        let unit: [UInt8] = [0x67, 66, 0, 30] + [UInt8](repeating: 0, count: 9)
        #expect { try SequenceParameterSet(unit) } throws: { ($0 as? CodecError)?.code == .malformed }
    }
}

/// The bytes that `text` writes in hexadecimal; nil where it does not.
func hexadecimal(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = text.trimming(while: \.isWhitespace)
    while !rest.isEmpty {
        guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
        bytes.append(byte)
        rest = rest.dropFirst(2)
    }
    return bytes
}

/// Bits written as text, filled up with ones.
func packed(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for (place, bit) in text.filter({ !$0.isWhitespace }).enumerated() {
        if place % 8 == 0 { bytes.append(0xFF) }
        if bit == "0" { bytes[place / 8] &= ~(0x80 >> (place % 8)) }
    }
    return bytes
}

extension StringProtocol {
    fileprivate func trimming(while isDropped: (Character) -> Bool) -> SubSequence {
        var rest = self[...]
        while let last = rest.last, isDropped(last) { rest = rest.dropLast() }
        return rest
    }
}
