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
                var line = FirstLine()
                // It goes on until the asker, who has the whole answer then, closes: closing here would drop what is still under way.
                for try await buffer in inbound {
                    guard let request = try line.take(buffer) else { continue }
                    let reply = try JSONEncoder().encode(await reply(to: request))
                    try await outbound.write(ByteBuffer(bytes: reply + [10]))
                }
            }
        } catch {
            logger.warning("a command was not answered", metadata: ["error": "\(error)"])
        }
    }

    private func reply(to request: Data) async -> AdministrationAnswer {
        do {
            return await answer(try JSONDecoder().decode(AdministrationRequest.self, from: request))
        } catch {
            return .failed("The server does not understand this command; is it another version? (\(error))")
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
            var line = FirstLine()
            for try await buffer in inbound {
                guard let reply = try line.take(buffer) else { continue }
                return try JSONDecoder().decode(AdministrationAnswer.self, from: reply)
            }
            return .failed("The server gave no answer.")
        }
    }
}

/// The first line of what comes in pieces.
private struct FirstLine {
    private var received: [UInt8] = []
    private var isWhole = false

    /// The line, when it has become whole.
    mutating func take(_ buffer: ByteBuffer) throws -> Data? {
        guard !isWhole else { return nil }
        let bytes = buffer.readableBytesView
        received += bytes.prefix { $0 != 10 }
        guard received.count <= ControlSocket.maximumLine
        else { throw AdministrationError("It has more than \(ControlSocket.maximumLine) bytes.") }
        isWhole = bytes.contains(10)
        return isWhole ? Data(received) : nil
    }
}
