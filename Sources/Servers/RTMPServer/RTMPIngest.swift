package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
package import Streams
package import Time

/// Takes live pictures and sound by RTMP: the way of OBS, of ffmpeg and of hardware encoders.
///
/// It listens from `run()` on until the group shuts down gracefully, then tells every desk that the server is stopping and
/// closes what is still open after the drain time. Every connection lives on one event loop.
package struct RTMPIngest: Service {
    private let configuration: Configuration
    private let desk: any PublishingDesk
    private let clock: any WallClock
    private let group: any EventLoopGroup
    private let logger: Logger
    private let onListening: @Sendable (SocketAddress) -> Void

    /// - Parameter onListening: told the address once connections are accepted; with port 0 it holds the port that was found.
    package init(
        configuration: Configuration = Configuration(), desk: any PublishingDesk, clock: any WallClock,
        group: any EventLoopGroup, logger: Logger, onListening: @escaping @Sendable (SocketAddress) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.desk = desk
        self.clock = clock
        self.group = group
        self.logger = logger
        self.onListening = onListening
    }

    /// - Throws: `RTMPIngestError` where the address cannot be listened on.
    package func run() async throws {
        let connections = OpenConnections(
            maximum: configuration.maximumConnections, perAddress: configuration.maximumConnectionsPerAddress)
        let listener: any Channel
        do {
            listener = try await listen(connections)
        } catch {
            let address = "\(configuration.host):\(configuration.port)"
            throw RTMPIngestError(
                .cannotListen, "\(address) cannot be opened for RTMP; `hemicycle check` says what mends it.", cause: error)
        }
        if let address = listener.localAddress {
            logger.info("RTMP is listening", metadata: ["address": "\(address)"])
            onListening(address)
        }
        await withTaskCancellationOrGracefulShutdownHandler {
            try? await listener.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            listener.close(promise: nil)
        }
        await drain(connections)
    }

    private func listen(_ connections: OpenConnections) async throws -> any Channel {
        let (configuration, desk, clock, logger) = (configuration, desk, clock, logger)
        return try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: configuration.backlog)
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate(connections))
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let log = DeskLog(logger, address: OpenConnections.address(of: channel))
                    let handler = ConnectionHandler(configuration: configuration, desk: desk, clock: clock, log: log)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .bind(host: configuration.host, port: configuration.port)
            .get()
    }

    /// Says goodbye to all, and waits until they are gone, at most for the drain time.
    private func drain(_ connections: OpenConnections) async {
        let open = connections.all
        for channel in open { channel.pipeline.fireUserInboundEventTriggered(ServerIsStopping()) }
        let loop = group.any()
        let deadline = loop.scheduleTask(in: configuration.drainTime) {
            for channel in open { channel.close(promise: nil) }
        }
        try? await EventLoopFuture.andAllComplete(open.map(\.closeFuture), on: loop).get()
        deadline.cancel()
    }
}
