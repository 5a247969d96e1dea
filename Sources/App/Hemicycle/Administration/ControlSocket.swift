package import Files
import FoundationEssentials
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Lets the command line beside a running server act through it: one request and one answer, each a line of JSON, over a local
/// socket in the data folder, which only the server's own user may enter.
package struct ControlSocket: Service {
    /// Bytes of the longest request or answer: a conference's YAML text as a JSON string.
    static let maximumLine = 8 << 20

    private let path: Path
    private let logger: Logger
    private let answer: @Sendable (AdministrationRequest) async -> AdministrationAnswer

    package init(
        path: Path, logger: Logger, answer: @escaping @Sendable (AdministrationRequest) async -> AdministrationAnswer
    ) {
        self.path = path
        self.logger = logger
        self.answer = answer
    }

    package func run() async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(unixDomainSocketPath: path.text, cleanupExistingSocketFile: true) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await server.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections.cancelOnGracefulShutdown() {
                    group.addTask { await serve(connection) }
                }
            }
        }
        try? Folder(path.folder).remove(path.name)
    }

    private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                guard let line = try await ControlSocket.line(from: inbound) else { return }
                let reply: AdministrationAnswer
                do {
                    reply = await answer(try JSONDecoder().decode(AdministrationRequest.self, from: line))
                } catch {
                    reply = .failed("The server does not understand this command; is it another version? (\(error))")
                }
                try await outbound.write(ByteBuffer(bytes: try JSONEncoder().encode(reply) + [10]))
            }
        } catch {
            logger.warning("a command was not answered", metadata: ["error": "\(error)"])
        }
    }

    /// Asks the server that holds `folder`; nil where none is running there.
    package static func ask(_ request: AdministrationRequest, in folder: Path) async throws -> AdministrationAnswer? {
        let path = DataFolder.controlSocket(in: folder)
        let connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(unixDomainSocketPath: path.text) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            return nil
        }
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: try JSONEncoder().encode(request) + [10]))
            guard let line = try await line(from: inbound) else { return .failed("The server gave no answer.") }
            return try JSONDecoder().decode(AdministrationAnswer.self, from: line)
        }
    }

    /// The first line; nil where the other side closes before its end or writes too much.
    private static func line(from inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> Data? {
        var received: [UInt8] = []
        for try await buffer in inbound {
            let bytes = buffer.readableBytesView
            received += bytes.prefix { $0 != 10 }
            if bytes.contains(10) { return Data(received) }
            if received.count > maximumLine { return nil }
        }
        return nil
    }
}
