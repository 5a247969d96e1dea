import Glibc
import Logging
import NIOCore
import NIOPosix

/// Opens the sockets of one address: a TCP listener, and on its port a UDP socket for each event loop, among which the kernel
/// spreads those who call by their addresses (SO_REUSEPORT).
struct Listener {
    /// Datagrams that are read at once, and the bytes that one may have: a browser's have less than 1,300.
    private static let vector = 32
    private static let datagram = 2048
    /// Bytes that wait on a socket before viewers lose frames: 40 ms of a thousand viewers.
    private static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 4 << 20, high: 8 << 20)
    /// The same on one TCP connection: about two seconds of 2 Mbit/s.
    private static let streamWaterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 128 << 10, high: 512 << 10)
    /// What is asked of the kernel for each socket's queues; it gives as much as it may (net.core.rmem_max).
    private static let queue: SocketOptionValue = 4 << 20

    /// How long after its loss a socket is opened again.
    private static let reopening = TimeAmount.milliseconds(20)

    let host: String
    /// Which of the addresses that are listened on it is.
    let place: Int
    let peers: [PeerLoopHandle]
    let configuration: PeerServer.Configuration
    let logger: Logger

    func listen(on port: Int, _ group: any EventLoopGroup) async throws -> any Channel {
        let (peers, introduction) = (peers, configuration.introduction)
        let bootstrap = ServerBootstrap(group: group)
        return try await bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelInitializer { keepApart($0) }
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(.writeBufferWaterMark, value: Self.streamWaterMark)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let peers = peers.first(where: { $0.loop === channel.eventLoop })?.value else { return }
                    try channel.pipeline.syncOperations.addHandler(StreamHandler(peers, introduction: introduction))
                }
            }
            .bind(host: host, port: port).get()
    }

    /// Opens the UDP socket of one loop.
    func open(_ handle: PeerLoopHandle, on port: Int) -> EventLoopFuture<any Channel> {
        let place = place
        return DatagramBootstrap(group: handle.loop)
            .channelOption(.socketOption(NIOBSDSocket.Option(rawValue: SO_REUSEPORT)), value: 1)
            .channelOption(.socketOption(.so_rcvbuf), value: Self.queue)
            .channelOption(.socketOption(.so_sndbuf), value: Self.queue)
            .channelOption(.datagramVectorReadMessageCount, value: Self.vector)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Self.vector * Self.datagram))
            .channelOption(.writeBufferWaterMark, value: Self.waterMark)
            .channelInitializer { channel in
                keepApart(channel).flatMapThrowing {
                    let peers = handle.value
                    try channel.pipeline.syncOperations.addHandler(DatagramHandler(peers, place: place))
                    peers.sockets.set(channel, at: place)
                }
            }
            .bind(host: host, port: port)
    }

    /// Opens a UDP socket that was lost, sooner or later.
    func reopen(_ handle: PeerLoopHandle, on port: Int) {
        logger.warning("A WebRTC socket was lost and is opened again", metadata: ["address": "\(host):\(port)"])
        handle.loop.scheduleTask(in: Self.reopening) {
            guard handle.value.reopen != nil else { return }
            open(handle, on: port).whenFailure { _ in reopen(handle, on: port) }
        }
    }

    /// IPv4 and IPv6 have sockets of their own, so that an IPv4 peer is told its IPv4 address.
    private func keepApart(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard host.contains(":") else { return channel.eventLoop.makeSucceededVoidFuture() }
        return channel.setOption(ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
    }
}
