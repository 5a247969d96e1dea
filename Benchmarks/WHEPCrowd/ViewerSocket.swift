import NIOCore
import NIOPosix

/// The socket of one viewer: as browsers have it, and read in batches.
enum ViewerSocket {
    /// Datagrams that are read at once, and the bytes that one may have.
    private static let vector = 16
    private static let datagram = 2048
    private static let queue: SocketOptionValue = 1 << 20

    static func open(_ handler: NIOLoopBound<some ChannelInboundHandler>, on loop: any EventLoop) -> EventLoopFuture<any Channel>
    {
        DatagramBootstrap(group: loop)
            .channelOption(.socketOption(.so_rcvbuf), value: queue)
            .channelOption(.datagramVectorReadMessageCount, value: vector)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: vector * datagram))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler.value) }
            }
            .bind(host: "127.0.0.1", port: 0)
    }
}
