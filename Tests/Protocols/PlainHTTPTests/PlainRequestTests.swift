import NIOCore
import PlainHTTP
import Testing

@Suite struct PlainRequestTests {
    private func read(_ text: String) -> PlainRequest.Reading { PlainRequest.read(ByteBuffer(string: text)) }

    private static let whole =
        "GET /media/x?_HLS_msn=3 HTTP/1.1\r\nHost: hub.example\r\nCOOKIE: \t a=b; c=d \r\nAccept-Encoding:gzip\r\n\r\n"

    @Test func `a plain head is read with its fields`() throws {
        guard case .plain(let request, let length) = read(Self.whole + "GET /next") else {
            return #expect(Bool(false), "it is plain")
        }
        #expect(length == Self.whole.utf8.count)
        #expect(request.method == .get)
        #expect(request.target == "/media/x?_HLS_msn=3")
        #expect(request[.cookie] == "a=b; c=d")
        #expect(request[.acceptEncoding] == "gzip")
        #expect(request[.origin] == nil)
        #expect(request.contentLength == 0)
        #expect(!request.isConditional)
    }

    @Test func `no beginning of a plain head is foreign`() {
        for length in 0..<Self.whole.utf8.count {
            #expect(read(String(decoding: Array(Self.whole.utf8).prefix(length), as: UTF8.self)) == .incomplete)
        }
    }

    @Test(arguments: [
        ("HEAD / HTTP/1.1\r\n\r\n", PlainRequest.Method.head), ("OPTIONS * HTTP/1.1\r\n\r\n", .other),
        ("POST /x HTTP/1.1\r\nContent-Length: 12\r\n\r\n", .other), ("GET / HTTP/1.1\r\nConnection: Keep-Alive\r\n\r\n", .get),
    ])
    func `it may be of any ordinary method`(text: String, method: PlainRequest.Method) {
        guard case .plain(let request, _) = read(text) else { return #expect(Bool(false), "it is plain") }
        #expect(request.method == method)
        #expect(request.contentLength == (text.contains("12") ? 12 : 0))
    }

    @Test(arguments: ["If-None-Match: \"x\"", "if-range: x", "RANGE: bytes=0-"])
    func `conditions and ranges are seen`(field: String) {
        guard case .plain(let request, _) = read("GET / HTTP/1.1\r\n\(field)\r\n\r\n") else {
            return #expect(Bool(false), "it is plain")
        }
        #expect(request.isConditional)
    }

    /// RFC 9112 §2.2, §5.1, §5.2, §6.1, §6.3, §11.2
    @Test(arguments: [
        "GET / HTTP/1.1\nHost: x\n\n", "GET / HTTP/1.1\r\nHost: x\n\r\n", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1 \r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET / x HTTP/1.1\r\n\r\n",
        "GET /\r\n\r\n", "\r\nGET / HTTP/1.1\r\n\r\n", " GET / HTTP/1.1\r\n\r\n", "CONNECT x:1 HTTP/1.1\r\n\r\n",
        "get / HTTP/1.1\r\n\r\n", "GET /\u{e9} HTTP/1.1\r\n\r\n", "GET /\0 HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nA : b\r\n\r\n", "GET / HTTP/1.1\r\n A: b\r\n\r\n", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
        "GET / HTTP/1.1\r\n: b\r\n\r\n", "GET / HTTP/1.1\r\nA: \0\r\n\r\n", "GET / HTTP/1.1\r\nA: \u{7f}\r\n\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "GET / HTTP/1.1\r\ntransfer-encoding:\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length:\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "GET / HTTP/1.1\r\nConnection: keep-alive, upgrade\r\n\r\n",
        "GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n", "POST / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
        "GET / HTTP/1.1\r\nCookie: a\r\nCookie: b\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ])
    func `whatever two parsers might take differently is foreign`(text: String) {
        #expect(read(text) == .foreign)
    }

    @Test func `a head that does not end is foreign`() {
        let long = "GET / HTTP/1.1\r\nA: " + String(repeating: "x", count: PlainRequest.maximumLength)
        #expect(read(long) == .foreign)
        let many = "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: PlainRequest.maximumFields + 1) + "\r\n"
        #expect(read(many) == .foreign)
    }
}
