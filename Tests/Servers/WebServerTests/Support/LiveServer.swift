import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

@testable import WebServer

extension TestConference {
    /// Serves on a port of its own while `body` runs, and then stops gracefully.
    func serve<Value: Sendable>(
        _ configuration: HTTPService.Configuration = .init(), _ body: @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        var configuration = configuration
        configuration.port = 0
        let service = try HTTPService(
            configuration, responder: try responder(configuration), group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { told.yield($0) }
        let group = ServiceGroup(services: [service], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
            let value = try await body(port)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return value
        }
    }
}

/// A client that speaks HTTP/1.1 by hand, reads when it is told to, and hides nothing of what came.
final class RawClient: Sendable {
    private let channel: any Channel
    private let received: ReceivedText

    init(port: Int) async throws {
        let received = ReceivedText()
        self.received = received
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Receiver(received)) }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    var bytes: [UInt8] { received.bytes }
    var text: String { String(decoding: received.bytes, as: UTF8.self) }
    /// Bytes that the one answer has that came, by its own word; nil while its head is not whole.
    var lengthOfAnswer: Int? {
        guard let length = text.firstMatch(of: /Content-Length: (\d+)\r\n/.ignoresCase()).flatMap({ Int($0.1) })
        else { return nil }
        return bytes.split(separator: Array("\r\n\r\n".utf8), maxSplits: 1).first.map { $0.count + 4 + length }
    }
    var isClosed: Bool { received.isClosed }

    /// Stops taking what comes.
    func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    func close() async throws {
        try? await channel.close()
    }
}

private final class ReceivedText: Sendable {
    private let state = Mutex((bytes: [UInt8](), isClosed: false))

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    func append(_ bytes: ByteBuffer) { state.withLock { $0.bytes += bytes.readableBytesView } }
    func close() { state.withLock { $0.isClosed = true } }
}

private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let received: ReceivedText

    init(_ received: ReceivedText) {
        self.received = received
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.append(unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
        received.close()
        context.fireChannelInactive()
    }
}
