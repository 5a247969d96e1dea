import NIOCore

/// Stands before the listener: accepts no more while the server is full, and turns away whoever has its share.
final class AcceptGate: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = Never

    private let connections: OpenConnections
    private var hasHeldRead = false

    init(_ connections: OpenConnections) {
        self.connections = connections
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let newcomer = unwrapInboundIn(data)
        guard connections.admit(newcomer) else { return newcomer.close(promise: nil) }
        let (gate, connections) = (NIOLoopBound((self, context), eventLoop: context.eventLoop), connections)
        newcomer.closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            connections.leave(newcomer)
            let (handler, context) = gate.value
            handler.resume(context)
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if connections.isFull {
            hasHeldRead = true
            connections.count { $0.timesFull += 1 }
        } else {
            context.read()
        }
    }

    private func resume(_ context: ChannelHandlerContext) {
        guard hasHeldRead, !connections.isFull else { return }
        hasHeldRead = false
        context.read()
    }
}
