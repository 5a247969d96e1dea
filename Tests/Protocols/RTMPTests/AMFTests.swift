import NIOCore
import RTMP
import Testing

@Suite struct AMFTests {
    private func decode(_ bytes: [UInt8], limits: AMFLimits = AMFLimits()) throws -> [AMFValue] {
        var decoder = AMF0Decoder(ByteBuffer(bytes: bytes), limits: limits)
        return try decoder.rest()
    }

    private func encoded(_ value: AMFValue) -> [UInt8] {
        var output = ByteBuffer()
        value.encode(to: &output)
        return Array(output.readableBytesView)
    }

    static let values: [AMFValue] = [
        .number(0), .number(-1.5), .number(.infinity), .boolean(true), .boolean(false), .string(""), .string("Pařížská «12»"),
        .null, .undefined, .date(1_623_837_600_000), .array([]), .array([.number(1), .array([.null])]),
        .object([:]), .object(["app": "live", "caps": 31, "inner": .object(["": .null])]),
        .ecmaArray(["width": 1280, "encoder": "test"]), .string(String(repeating: "é", count: 8000)),
    ]

    @Test(arguments: values)
    func `a value that is written is read again`(_ value: AMFValue) throws {
        #expect(try decode(encoded(value)) == [value])
    }

    @Test(arguments: values)
    func `a value cut short is malformed`(_ value: AMFValue) {
        let bytes = encoded(value)
        for length in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 64)) {
            #expect { try decode(Array(bytes.prefix(length))) } throws: { ($0 as? RTMPError)?.code == .malformed }
        }
    }

    @Test func `the count of an ECMA array is only a hint`() throws {
        let bytes: [UInt8] = [8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1, 0x61, 5, 0, 0, 9]
        #expect(try decode(bytes) == [.ecmaArray(["a": .null])])
    }

    @Test func `a long string of more than the bound is refused before it is read`() {
        let bytes: [UInt8] = [0x0C, 0x7F, 0xFF, 0xFF, 0xFF, 0x61]
        #expect { try decode(bytes) } throws: { ($0 as? RTMPError)?.code == .excessive }
    }

    @Test func `objects too deep are refused`() {
        let open: [UInt8] = [3, 0, 1, 0x61]
        #expect { try decode(Array(repeatElement(open, count: 100_000).joined())) } throws: {
            ($0 as? RTMPError)?.code == .excessive
        }
    }

    @Test func `too many values are refused, however many an array announces`() {
        let bytes: [UInt8] = [0x0A, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 5, count: 5000)
        #expect { try decode(bytes) } throws: { ($0 as? RTMPError)?.code == .excessive }
    }

    @Test func `an unknown marker and a stray end are malformed`() {
        for bytes: [UInt8] in [[0x42], [9], [3, 0, 0, 0x42]] {
            #expect { try decode(bytes) } throws: { ($0 as? RTMPError)?.code == .malformed }
        }
    }

    @Test func `a value marked as AMF3 is followed by AMF0 again`() throws {
        let object: [UInt8] = [0x0A, 0x0B, 0x01, 0x05, 0x61, 0x62, 0x06, 0x05, 0x63, 0x64, 0x01]
        let bytes = [0x11] + object + [0x11, 0x04, 0xFF, 0xFF, 0xFF, 0xFF] + [0x02, 0, 1, 0x7A]
        #expect(try decode(bytes) == [.object(["ab": "cd"]), .number(-1), .string("z")])
    }

    @Test func `an AMF3 string is referred to by its number`() throws {
        let array: [UInt8] = [0x11, 0x09, 0x05, 0x01, 0x06, 0x03, 0x78, 0x06, 0x00]
        #expect(try decode(array) == [.array(["x", "x"])])
    }

    @Test func `an AMF3 reference to nothing is malformed`() {
        for bytes: [UInt8] in [[0x11, 0x06, 0x00], [0x11, 0x0A, 0x01], [0x11, 0x0A, 0x07], [0x11, 0x08]] {
            #expect { try decode(bytes) } throws: { ($0 as? RTMPError)?.code == .malformed }
        }
    }
}
