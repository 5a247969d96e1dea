import NIOCore
import RTMP
import RTMPServer
import Testing

/// Clients that are no desks, or none in their senses: each ends in bounded time, and is counted.
@Suite(.timeLimit(.minutes(5))) struct IngestCountsTests {
    /// What the server has counted once `body` is through and every connection is over. There is at least one.
    private func counts(
        log: LogLines = LogLines(), configure: (inout RTMPIngest.Configuration) -> Void = { _ in },
        _ body: @Sendable (Int) async throws -> Void
    ) async throws -> IngestCounts {
        try await withIngest(log: log, configure: configure) { ingest, addresses in
            try await body(addresses.plain?.port ?? 0)
            while ingest.counts.accepted == 0 || ingest.counts.open > 0 { try await Task.sleep(for: .milliseconds(5)) }
            return ingest.counts
        }
    }

    private static func visit(_ port: Int, saying bytes: ByteBuffer) async throws {
        _ = try await DeskSocket.connect(to: port) { socket in
            try? await socket.send(bytes)
            return try await socket.statusesUntilClosed()
        }
    }

    private static let handshake = ByteBuffer(bytes: [3] + [UInt8](repeating: 1, count: 2 * ServerHandshake.packetLength))

    /// Behind a handshake, a message that claims 4 MiB.
    private static var greedy: ByteBuffer {
        var bytes = handshake
        bytes.writeBytes([3, 0, 0, 0, 0x40, 0, 0, 20, 0, 0, 0, 0])
        return bytes
    }

    @Test func `another protocol, and a long message from a stranger, are violations`() async throws {
        let counts = try await counts { port in
            try await Self.visit(port, saying: ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
            try await Self.visit(port, saying: Self.greedy)
        }
        #expect(counts[.violation] == 2 && counts.accepted == 2 && counts.publishing == 0)
    }

    @Test func `who says nothing is silent, and who goes on for ever without publishing is slow`() async throws {
        let counts = try await counts(configure: { $0.limits.silence = .milliseconds(300) }) { port in
            try await Self.visit(port, saying: ByteBuffer())
        }
        #expect(counts[.silent] == 1)
        let slow = try await self.counts(configure: { $0.limits.establishTime = .milliseconds(100) }) { port in
            try await Self.visit(port, saying: Self.handshake)
        }
        #expect(slow[.tooSlow] == 1)
    }

    @Test func `a byte at a time does not keep a connection open`() async throws {
        let counts = try await counts(configure: { $0.limits.establishTime = .milliseconds(200) }) { port in
            _ = try await DeskSocket.connect(to: port) { socket in
                for _ in 0..<1000 {
                    guard (try? await socket.send(ByteBuffer(bytes: [3]))) != nil else { break }
                    try await Task.sleep(for: .milliseconds(5))
                }
                return try await socket.statusesUntilClosed()
            }
        }
        #expect(counts[.tooSlow] == 1)
    }

    @Test func `an address beyond its share is counted`() async throws {
        let counts = try await counts(configure: { $0.maximumConnectionsPerAddress = 1 }) { port in
            try await DeskSocket.connect(to: port) { first in
                try await first.publish("wrong key")
                try await Self.visit(port, saying: ByteBuffer())
                _ = try await first.statusesUntilClosed()
            }
        }
        #expect(counts[.crowded] == 1 && counts[.refused] == 1 && counts.accepted == 1)
    }

    @Test func `refusals have a line each up to a bound, and are counted beyond it`() async throws {
        let log = LogLines()
        let configure = { @Sendable (configuration: inout RTMPIngest.Configuration) in
            (configuration.refusalsTold, configuration.refusalWindow) = (3, .hours(24))
        }
        let counts = try await counts(log: log, configure: configure) { port in
            for _ in 0..<8 {
                try await DeskSocket.connect(to: port) { socket in
                    try await socket.publish("wrong key")
                    _ = try await socket.statusesUntilClosed()
                }
            }
        }
        #expect(counts[.refused] == 8)
        #expect(log.lines.filter { $0.hasPrefix("notice") && $0.contains("came to nothing") }.count == 3)
    }

    @Test func `trouble is told in one line, once it has changed`() async throws {
        let log = LogLines()
        _ = try await counts(log: log, configure: { $0.reportInterval = .milliseconds(20) }) { port in
            for _ in 0..<3 { try await Self.visit(port, saying: Self.greedy) }
            while !log.lines.contains(where: { $0.contains("turned away") && $0.contains("violation=3") }) {
                try await Task.sleep(for: .milliseconds(5))
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(log.lines.filter { $0.contains("turned away") && $0.contains("violation=3") }.count == 1)
    }

    @Test func `coming and leaving in order is no trouble`() async throws {
        let counts = try await counts { port in
            try await DeskSocket.connect(to: port) { socket in
                try await socket.send(Self.handshake)
                try await socket.receive(Self.handshake.readableBytes)
            }
        }
        #expect(counts[.left] == 1 && counts.troubles.isEmpty)
    }
}
