import NIOCore
import NIOPosix
import RTMP

/// A desk written by hand over a real socket, for what ffmpeg cannot say.
struct DeskSocket {
    private let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    static func connect<Result: Sendable>(
        to port: Int, _ body: @Sendable (DeskSocket) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(DeskSocket(inbound: inbound, outbound: outbound))
        }
    }

    /// Handshake, connect and publish, then `media`, all at once.
    func publish(_ key: String, _ media: Message...) async throws {
        var encoder = ChunkEncoder()
        let commands = [
            Command("connect", transaction: 1, .object(["app": "live"])),
            Command("publish", transaction: 2, .null, .string(key), "live"),
        ]
        var bytes = ByteBuffer(bytes: [3] + [UInt8](repeating: 1, count: 2 * ServerHandshake.packetLength))
        for message in commands.map({ Message(.command, payload: $0.payload) }) + media {
            bytes.writeImmutableBuffer(encoder.encode(message, on: 3))
        }
        try await outbound.write(bytes)
    }

    func send(_ bytes: ByteBuffer) async throws {
        try await outbound.write(bytes)
    }

    /// Reads so many bytes. Whoever closes with bytes unread resets the connection, and does not leave in order.
    func receive(_ count: Int) async throws {
        var received = 0
        for try await piece in inbound {
            received += piece.readableBytes
            if received >= count { return }
        }
    }

    /// The codes and descriptions of every status up to the end of the connection.
    func statusesUntilClosed() async throws -> [(code: String, description: String)] {
        var bytes = ByteBuffer()
        do {
            for try await piece in inbound { bytes.writeImmutableBuffer(piece) }
        } catch is IOError {}
        bytes.moveReaderIndex(forwardBy: min(bytes.readableBytes, 1 + 2 * ServerHandshake.packetLength))
        var decoder = ChunkDecoder()
        decoder.append(bytes)
        var statuses: [(String, String)] = []
        while let message = try decoder.next() {
            guard message.kind == .command, let status = try Command(message.payload).argument(1)?.object else { continue }
            statuses.append((status["code"]?.string ?? "", status["description"]?.string ?? ""))
        }
        return statuses
    }
}
