import NIOCore
import WebRTC

/// Brings the datagrams that are framed on one TCP connection (RFC 4571) to the peers of its loop.
final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let peers: PeerLoop
    private let introduction: TimeAmount
    private var framing = StreamFraming()
    private var path: ICEPath?
    private var patience: Scheduled<Void>?

    /// - Parameter introduction: how long the connection may be without a peer.
    init(_ peers: PeerLoop, introduction: TimeAmount) {
        self.peers = peers
        self.introduction = introduction
    }

    func channelActive(context: ChannelHandlerContext) {
        path = context.remoteAddress.map { ICEPath(.tcp, $0) }
        watch(context)
    }

    /// Closes the connection of whoever is nobody's peer, now and then.
    private func watch(_ context: ChannelHandlerContext) {
        patience = context.eventLoop.assumeIsolated().scheduleTask(in: introduction) {
            if self.path.map(self.peers.knows) == true { self.watch(context) } else { context.close(promise: nil) }
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let path else { return context.close(promise: nil) }
        framing.append(unwrapInboundIn(data))
        do {
            while let datagram = try framing.next() {
                peers.take(datagram, by: path, .stream(context.channel), at: .now())
            }
        } catch {
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        peers.sockets.flush()
    }

    func channelInactive(context: ChannelHandlerContext) {
        patience?.cancel()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
