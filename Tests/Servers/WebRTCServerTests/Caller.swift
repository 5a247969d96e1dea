import NIOCore
import NIOPosix
import Synchronization
import WebRTC

/// Somebody who calls the server from a socket of their own, as far as the first check.
struct Caller {
    let channel: any Channel
    private let answers: AsyncStream<ByteBuffer>

    /// By UDP.
    static func datagrams() async throws -> Caller {
        let (answers, inlet) = AsyncStream.makeStream(of: ByteBuffer.self)
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(DatagramEar { inlet.yield($0) })
            }
        }.bind(host: "127.0.0.1", port: 0).get()
        return Caller(channel: channel, answers: answers)
    }

    /// By TCP (RFC 6544).
    static func stream(to server: SocketAddress) async throws -> Caller {
        let (answers, inlet) = AsyncStream.makeStream(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(StreamEar { inlet.yield($0) })
            }
        }.connect(to: server).get()
        return Caller(channel: channel, answers: answers)
    }

    func send(_ datagram: ByteBuffer, to server: SocketAddress) async throws {
        try await channel.writeAndFlush(AddressedEnvelope(remoteAddress: server, data: datagram))
    }

    /// Sends all at once, as fast as the socket takes them.
    func flood(_ datagrams: [ByteBuffer], to server: SocketAddress) async throws {
        for datagram in datagrams {
            channel.write(AddressedEnvelope(remoteAddress: server, data: datagram), promise: nil)
        }
        try await channel.eventLoop.submit { channel.flush() }.get()
    }

    func sendFramed(_ datagram: ByteBuffer) async throws {
        var framed = ByteBuffer()
        StreamFraming.write(datagram, into: &framed)
        try await channel.writeAndFlush(framed)
    }

    /// The next message that the server sends.
    func answer() async throws -> STUNMessage? {
        for await answer in answers { return try STUNMessage(answer) }
        return nil
    }
}

/// A check of connectivity as a browser's full agent makes it.
func check(_ credentials: ICECredentials, from fragment: String, number: UInt64 = 1) -> ByteBuffer {
    var writer = STUNWriter(.request, STUNTransaction(high: 1, low: number))
    writer.username("\(credentials.fragment):\(fragment)")
    writer.priority(1)
    writer.controlling(tieBreaker: 1)
    return writer.finish(credentials.password)
}

private final class DatagramEar: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    private let hear: @Sendable (ByteBuffer) -> Void

    init(_ hear: @escaping @Sendable (ByteBuffer) -> Void) { self.hear = hear }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { hear(unwrapInboundIn(data).data) }
}

private final class StreamEar: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let hear: @Sendable (ByteBuffer) -> Void
    private var framing = StreamFraming()

    init(_ hear: @escaping @Sendable (ByteBuffer) -> Void) { self.hear = hear }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        framing.append(unwrapInboundIn(data))
        while let datagram = try? framing.next() { hear(datagram) }
    }
}
