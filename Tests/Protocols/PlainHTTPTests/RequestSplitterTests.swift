import NIOCore
import PlainHTTP
import Testing

@Suite struct RequestSplitterTests {
    /// What it makes of bytes that come in these pieces: targets of requests, and all else as it is.
    private func split(_ pieces: [String]) -> [String] {
        var splitter = RequestSplitter()
        var made: [String] = []
        for piece in pieces {
            splitter.append(ByteBuffer(string: piece))
            while let next = splitter.next() {
                switch next {
                case .request(let request, let bytes): made.append("\(request.target) of \(bytes.readableBytes)")
                case .other(let bytes): made.append(String(buffer: bytes))
                }
            }
        }
        return made
    }

    private let get = "GET /a HTTP/1.1\r\n\r\n"
    private let post = "POST /b HTTP/1.1\r\nContent-Length: 20\r\n\r\n"

    @Test func `requests one after the other are told apart`() {
        #expect(split([get + get, get]) == ["/a of 19", "/a of 19", "/a of 19"])
        #expect(split(["GET /a HT", "TP/1.1\r\n\r", "\n"]) == ["/a of 19"])
    }

    @Test func `a body that looks like a request is none`() {
        let body = get + "!"
        #expect(split([post + body + get]) == ["/b of 40", body, "/a of 19"])
        #expect(split([post + "GET /a ", "HTTP/1.1\r\n\r\n!", get]) == ["/b of 40", "GET /a ", "HTTP/1.1\r\n\r\n!", "/a of 19"])
    }

    @Test func `after what is not plain nothing is cut any more`() {
        let foreign = "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        #expect(split([foreign, get, get + get]) == [foreign, get, get + get])
    }

    @Test func `a head in many pieces is not waited for`() {
        let pieces = get.map(String.init)
        let made = split(pieces)
        #expect(made.first?.utf8.count == RequestSplitter.maximumPieces)
        #expect(made.joined() == get)
    }
}
