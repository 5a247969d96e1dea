import NIOCore
import NIOTLS

/// Closes a connection whose TLS handshake takes too long. It stands behind the TLS handler, on its channel's event loop.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any

    private let patience: TimeAmount
    private var alarm: Alarm?

    init(patience: TimeAmount) {
        self.patience = patience
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        alarm = Alarm(on: context.eventLoop) { channel.close(promise: nil) }
        alarm?.set(patience)
    }

    func handlerRemoved(context: ChannelHandlerContext) { alarm?.stop() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { alarm?.stop() }
        context.fireUserInboundEventTriggered(event)
    }
}
