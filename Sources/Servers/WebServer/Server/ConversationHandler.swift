import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Watches the requests of one connection, or of one HTTP/2 stream: how many the router is answering, and that no client takes
/// for ever to send one. It lives on its channel's event loop.
///
/// Where the channel speaks HTTP/1.1 it lets `ExpressHandler` have the bytes first.
final class ConversationHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long a client may take.
    struct Patience: Sendable {
        /// From one answer to the end of the next request's head.
        let betweenRequests: TimeAmount
        /// From the end of a head to that of its body.
        let body: TimeAmount
    }

    private let patience: Patience
    private let express: ExpressDesk
    private var alarm: Alarm?
    /// Requests that the router has and has not answered.
    private var answering = 0
    /// Whether the body of a request is still coming; it may be answered before that.
    private var isReceiving = false

    init(patience: Patience, express: ExpressDesk) {
        self.patience = patience
        self.express = express
    }

    /// Whether the router has nothing to answer.
    var isQuiet: Bool { answering == 0 }

    /// Says that the client has been answered, or that it is to be waited for again.
    func awaitRequest() { alarm?.set(patience.betweenRequests) }

    /// Says that it is for the server to act.
    func awaitAnswer() { alarm?.set(nil) }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        alarm = Alarm(on: context.eventLoop) { channel.close(promise: nil) }
        awaitRequest()
        // An HTTP/2 stream has no encoder.
        guard let encoder = try? context.pipeline.syncOperations.handler(type: HTTPResponseEncoder.self) else { return }
        let handler = ExpressHandler(desk: express, peer: PeerAddress.text(context.remoteAddress), conversation: self)
        try? context.pipeline.syncOperations.addHandler(handler, position: .before(encoder))
    }

    func handlerRemoved(context: ChannelHandlerContext) { alarm?.stop() }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.stop()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            answering += 1
            isReceiving = true
            alarm?.set(patience.body)
        case .body: break
        case .end:
            isReceiving = false
            isQuiet ? awaitRequest() : awaitAnswer()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            answering -= 1
            if isQuiet, !isReceiving { awaitRequest() }
        }
        context.write(data, promise: promise)
    }
}
