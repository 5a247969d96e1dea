import ArgumentParser
import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix
import SecureTransport

/// The least that a crowd costs: a loop that encrypts the packets of each frame for each viewer and sends them in trains (UDP GSO),
/// and does nothing else. Sockets like the viewers' read what is sent.
struct Floor: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Encrypts and sends the same packets in a bare loop.")

    private static let rate = 30.0

    @Option var viewers: Int
    @Option(help: "How long is measured.") var seconds = 5.0
    @Argument(help: "A JSON file with the lengths of each frame's packets, in the clear.") var pattern: String

    private struct Result: Encodable {
        /// Of the sending thread.
        let processorSeconds: Double
        let packets: Int
        let refused: Int
    }

    func run() throws {
        let frames = try JSONDecoder().decode([[Int]].self, from: Data(contentsOf: URL(filePath: pattern)))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let readers = try (0..<viewers).map { _ in try open(on: group.next()) }
        var sender = try BareSender(to: readers.compactMap(\.localAddress))
        let (began, used) = (NIODeadline.now(), threadTime())
        for turn in 0..<Int(seconds * Self.rate) {
            let due = began + .nanoseconds(Int64(Double(turn) / Self.rate * 1e9))
            pause(max(0, Double((due - .now()).nanoseconds) / 1e9))
            sender.send(frames[turn % frames.count])
        }
        let result = Result(processorSeconds: threadTime() - used, packets: sender.packets, refused: sender.refused)
        print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
        for reader in readers { try reader.close().wait() }
        try group.syncShutdownGracefully()
    }

    private func open(on loop: any EventLoop) throws -> any Channel {
        let deaf = try loop.submit { NIOLoopBound(DeafHandler(), eventLoop: loop) }.wait()
        return try ViewerSocket.open(deaf, on: loop).wait()
    }

    private func threadTime() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Takes what comes, and leaves it.
private final class DeafHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}
}
