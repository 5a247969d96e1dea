import NIOCore
import WebRTC

/// Brings the datagrams of one socket to the peers of its loop, and flushes once for all that came at once.
final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let peers: PeerLoop
    private let place: Int

    /// - Parameter place: which of the addresses that are listened on it is of.
    init(_ peers: PeerLoop, place: Int) {
        self.peers = peers
        self.place = place
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        peers.take(envelope.data, by: ICEPath(.udp, envelope.remoteAddress), .datagrams(place), at: .now())
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        peers.sockets.flush()
    }

    func channelInactive(context: ChannelHandlerContext) {
        peers.lose(socket: place)
    }

    /// A peer's address that cannot be reached is nobody else's matter.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
