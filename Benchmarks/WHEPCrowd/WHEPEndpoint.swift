import NIOCore
import NIOHTTP1
import NIOPosix

/// Where viewers ask, on this machine.
struct WHEPEndpoint {
    private static let maximumAnswer = 1 << 16

    let port: Int
    let path: String
    let pass: String

    /// - Returns: the answer.
    func post(_ offer: String, on loop: any EventLoop) -> EventLoopFuture<String> {
        let answer = loop.makePromise(of: String.self)
        let request = request(offer)
        ClientBootstrap(group: loop).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(NIOHTTPClientResponseAggregator(maxContentLength: Self.maximumAnswer))
                try pipeline.addHandler(AnswerHandler(answer))
            }
        }.connect(host: "127.0.0.1", port: port).whenComplete { result in
            switch result {
            case .success(let channel):
                for part in request { channel.write(part, promise: nil) }
                channel.flush()
            case .failure(let error): answer.fail(error)
            }
        }
        return answer.futureResult
    }

    private func request(_ offer: String) -> [HTTPClientRequestPart] {
        let body = ByteBuffer(string: offer)
        let headers: HTTPHeaders = [
            "Host": "127.0.0.1:\(port)", "Authorization": "Bearer \(pass)", "Content-Type": "application/sdp",
            "Content-Length": "\(body.readableBytes)", "Connection": "close",
        ]
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: path, headers: headers)
        return [.head(head), .body(.byteBuffer(body)), .end(nil)]
    }
}

private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = NIOHTTPClientResponseFull

    private let answer: EventLoopPromise<String>

    init(_ answer: EventLoopPromise<String>) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let response = unwrapInboundIn(data)
        let text = response.body.map { String(buffer: $0) } ?? ""
        if response.head.status == .created {
            answer.succeed(text)
        } else {
            answer.fail(CrowdError("\(response.head.status): \(text)"))
        }
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer.fail(CrowdError("The server hung up."))
    }
}
