import Testing

@testable import WebServer

/// RFC 9110 §14.1.2 and §14.2, with its own examples for a representation of 10,000 bytes.
@Suite struct RangeTests {
    @Test(arguments: [
        ("bytes=0-499", RangeRequest.part(0...499)),
        ("bytes=500-999", .part(500...999)),
        ("bytes=-500", .part(9500...9999)),
        ("bytes=9500-", .part(9500...9999)),
        ("bytes=0-0", .part(0...0)),
        ("bytes=9999-9999", .part(9999...9999)),
        ("bytes=0-10000", .part(0...9999)),
        ("bytes=-20000", .part(0...9999)),
        ("BYTES=0-1", .part(0...1)),
        ("bytes= 0-1 ", .part(0...1)),
        ("bytes=0-99999999999999999999999999", .part(0...9999)),
    ])
    func `a range that the file can satisfy is that part of it`(header: String, expected: RangeRequest) {
        #expect(RangeRequest(header: header, length: 10_000) == expected)
    }

    @Test(arguments: ["bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=99999999999999999999999999-"])
    func `a range of which no byte exists cannot be satisfied`(header: String) {
        #expect(RangeRequest(header: header, length: 10_000) == .unsatisfiable)
    }

    @Test(arguments: [
        "bytes=0-1,5-6", "bytes=2-1", "items=0-1", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=--1", "bytes=0x1-2",
        "bytes=1- 2 3",
        "bytes=+1-2", "bytes=１-２", "bytes=0-1" + String(repeating: " ", count: 200),
    ])
    func `a range that is malformed, multiple or of another unit is ignored`(header: String) {
        #expect(RangeRequest(header: header, length: 10_000) == .whole)
    }

    @Test func `an empty file has no satisfiable range`() {
        #expect(RangeRequest(header: "bytes=0-", length: 0) == .unsatisfiable)
        #expect(RangeRequest(header: "bytes=-1", length: 0) == .unsatisfiable)
        #expect(RangeRequest(header: nil, length: 0) == .whole)
    }
}
