package import Logging
package import NIOCore
import NIOPosix
import NIOSSL
import RTMP
import ServiceLifecycle
package import Streams
package import Time

/// Takes live pictures and sound by RTMP, and by RTMP within TLS: the way of OBS, of ffmpeg and of hardware encoders.
///
/// It listens from `run()` on until the group shuts down gracefully, then tells every desk that the server is stopping and
/// closes what is still open after the drain time. Every connection lives on one event loop.
package struct RTMPIngest: Service {
    /// Where it listens; with port 0 these hold the ports that were found.
    package struct Addresses: Sendable {
        package let plain: SocketAddress?
        package let secure: SocketAddress?

        package init(plain: SocketAddress?, secure: SocketAddress?) {
            self.plain = plain
            self.secure = secure
        }
    }

    private let configuration: Configuration
    private let connections: OpenConnections
    private let desk: any PublishingDesk
    private let clock: any WallClock
    private let group: any EventLoopGroup
    private let logger: Logger
    private let onListening: @Sendable (Addresses) -> Void

    /// - Parameter onListening: told the addresses once connections are accepted.
    package init(
        configuration: Configuration = Configuration(), desk: any PublishingDesk, clock: any WallClock,
        group: any EventLoopGroup, logger: Logger, onListening: @escaping @Sendable (Addresses) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.desk = desk
        self.clock = clock
        self.group = group
        self.logger = logger
        self.onListening = onListening
        connections = OpenConnections(configuration)
    }

    /// What has become of the connections since the start, and how many there are. Any thread may ask.
    package var counts: IngestCounts { connections.counts }

    /// - Throws: `RTMPIngestError` where an address cannot be listened on, or the certificate not be used.
    package func run() async throws {
        let plain = try await listen(on: configuration.port, nil)
        let secure: (any Channel)?
        do {
            secure = try await listenSecurely()
        } catch {
            try? await plain.close()
            throw error
        }
        onListening(Addresses(plain: plain.localAddress, secure: secure?.localAddress))
        let listeners = [plain] + (secure.map { [$0] } ?? [])
        await withTaskCancellationOrGracefulShutdownHandler {
            await stand(by: listeners)
        } onCancelOrGracefulShutdown: {
            for listener in listeners { listener.close(promise: nil) }
        }
        await drain()
    }

    /// Until the listeners are closed; meanwhile tells of trouble.
    private func stand(by listeners: [any Channel]) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await report() }
            for listener in listeners { try? await listener.closeFuture.get() }
            group.cancelAll()
        }
    }
}

// MARK: - Listening

extension RTMPIngest {
    private func listenSecurely() async throws -> (any Channel)? {
        guard let tls = configuration.tls else { return nil }
        let context: NIOSSLContext
        do {
            context = try NIOSSLContext(configuration: tls.configuration)
        } catch {
            throw RTMPIngestError(.unusableTLS, "The certificate for RTMPS and its key do not go together.", cause: error)
        }
        return try await listen(on: tls.port, context)
    }

    private func listen(on port: Int, _ tls: NIOSSLContext?) async throws -> any Channel {
        let name = tls == nil ? "RTMP" : "RTMPS"
        do {
            let listener = try await bootstrap(tls).bind(host: configuration.host, port: port).get()
            logger.info("\(name) is listening", metadata: ["address": "\(listener.localAddress?.description ?? "")"])
            return listener
        } catch {
            let address = "\(configuration.host):\(port)"
            throw RTMPIngestError(
                .cannotListen, "\(address) cannot be opened for \(name); `hemicycle check` says what mends it.", cause: error)
        }
    }

    private func bootstrap(_ tls: NIOSSLContext?) -> ServerBootstrap {
        let (configuration, connections, desk, clock, logger) = (configuration, connections, desk, clock, logger)
        return ServerBootstrap(group: group)
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
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    let log = DeskLog(logger, address: OpenConnections.address(of: channel), way: tls == nil ? "RTMP" : "RTMPS")
                    let handler = ConnectionHandler(
                        configuration: configuration, connections: connections, desk: desk, clock: clock, log: log)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
    }
}

// MARK: - Telling and leaving

extension RTMPIngest {
    /// Once a second at most, and only where there is something new.
    private func report() async {
        var told = counts.troubles
        while (try? await Task.sleep(for: configuration.reportInterval)) != nil {
            let counts = counts
            guard counts.troubles != told else { continue }
            told = counts.troubles
            var metadata = Logger.Metadata(uniqueKeysWithValues: told.map { ($0.key, "\($0.value)") })
            metadata["open"] = "\(counts.open)"
            metadata["publishing"] = "\(counts.publishing)"
            metadata["accepted"] = "\(counts.accepted)"
            logger.notice("RTMP connections turned away or lost since the start", metadata: metadata)
        }
    }

    /// Says goodbye to all, and waits until they are gone, at most for the drain time.
    private func drain() async {
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
