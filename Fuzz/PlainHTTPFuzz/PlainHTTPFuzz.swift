import Fuzzing
import NIOCore
import NIOEmbedded
import NIOHTTP1
import PlainHTTP

/// Cutting a connection into requests loses and adds no byte, and what is plain is to the general parser the same one request,
/// or none.
@main enum PlainHTTPFuzz: Fuzzing {
    static func test(_ input: ByteBuffer) {
        var splitter = RequestSplitter()
        splitter.append(input)
        var whole = ByteBuffer()
        while let piece = splitter.next() {
            switch piece {
            case .request(let request, let bytes):
                precondition(isSame(request, bytes))
                whole.writeImmutableBuffer(bytes)
            case .other(let bytes): whole.writeImmutableBuffer(bytes)
            }
        }
        precondition(input.readableBytesView.starts(with: whole.readableBytesView))
    }

    private static func isSame(_ request: PlainRequest, _ bytes: ByteBuffer) -> Bool {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
        guard (try? channel.writeInbound(bytes)) != nil else { return true }
        guard case .head(let head)? = try? channel.readInbound(as: HTTPServerRequestPart.self) else { return false }
        let end = try? channel.readInbound(as: HTTPServerRequestPart.self)
        _ = try? channel.finish()
        return head.uri == request.target && head.isKeepAlive && (end == .end(nil)) == (request.contentLength == 0)
    }
}
