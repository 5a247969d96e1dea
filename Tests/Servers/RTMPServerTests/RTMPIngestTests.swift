import NIOCore
import RTMP
import RTMPServer
import Streams
import Testing

@Suite(.timeLimit(.minutes(5))) struct RTMPIngestTests {
    private static let hevc = Message(.video, stream: 1, payload: ByteBuffer(bytes: [0x90, 0x68, 0x76, 0x63, 0x31, 1, 2, 3]))
    private static let sound = Message(.audio, stream: 1, payload: ByteBuffer(bytes: [0xAF, 1, 1]))

    @Test func `HEVC in Enhanced RTMP is refused by its name, and the desk can read it`() async throws {
        let statuses = try await withServer { port in
            try await DeskSocket.connect(to: port) { desk in
                try await desk.publish(TestDesk.key, Self.hevc)
                return try await desk.statusesUntilClosed()
            }
        }
        #expect(statuses.last?.code == "NetStream.Publish.Rejected")
        #expect(statuses.last?.description.contains("HEVC (hvc1)") == true)
    }

    @Test func `the refusal is read by a desk that goes on sending`() async throws {
        let statuses = try await withServer { port in
            try await DeskSocket.connect(to: port) { desk in
                try await desk.publish(TestDesk.key, Self.hevc)
                for _ in 0..<50 { try? await desk.send(ByteBuffer(repeating: 0, count: 32 << 10)) }
                return try await desk.statusesUntilClosed()
            }
        }
        #expect(statuses.last?.code == "NetStream.Publish.Rejected")
    }

    @Test func `parameters that no browser plays are refused with the reason`() async throws {
        let main = Message(.audio, stream: 1, payload: ByteBuffer(bytes: [0xAF, 0, 0x09, 0x90]))
        let statuses = try await withServer { port in
            try await DeskSocket.connect(to: port) { desk in
                try await desk.publish(TestDesk.key, main)
                return try await desk.statusesUntilClosed()
            }
        }
        #expect(statuses.last?.description == "AAC of object type 1. Choose AAC-LC as sound encoder.")
    }

    @Test func `a publication that the hub ends is told to its desk`() async throws {
        let desk = TestDesk()
        let statuses = try await withServer(desk) { port in
            try await DeskSocket.connect(to: port) { socket in
                try await socket.publish(TestDesk.key, Self.sound)
                _ = try await desk.feed()
                desk.feeds.end(in: desk.room, PublishRefusal(.unavailable, "The key was revoked."))
                return try await socket.statusesUntilClosed()
            }
        }
        #expect(statuses.last?.code == "NetStream.Failed" && statuses.last?.description == "The key was revoked.")
    }

    @Test func `a stopping server tells its desks and ends their publications`() async throws {
        let desk = TestDesk()
        let (goodbye, stopped) = AsyncStream.makeStream(of: String.self)
        let farewell = Task {
            for await code in goodbye { return code }
            return "none"
        }
        try await withServer(desk) { port in
            let (isPublishing, arrived) = AsyncStream.makeStream(of: Void.self)
            Task {
                try await DeskSocket.connect(to: port) { socket in
                    try await socket.publish(TestDesk.key, Self.sound)
                    _ = try await desk.feed()
                    arrived.finish()
                    stopped.yield(try await socket.statusesUntilClosed().last?.code ?? "closed without a word")
                }
            }
            for await _ in isPublishing {}
        }
        #expect(await farewell.value == "NetStream.Failed")
        #expect(try await desk.feed().health.state == .interrupted)
    }

    @Test func `a client that says nothing is closed`() async throws {
        let log = LogLines()
        let statuses = try await withServer(log: log, configure: { $0.limits.silence = .milliseconds(50) }) { port in
            try await DeskSocket.connect(to: port) { try await $0.statusesUntilClosed() }
        }
        #expect(statuses.isEmpty)
        #expect(log.lines.contains { $0.hasPrefix("debug") && $0.contains("nothing came from it any more") })
    }

    @Test func `a client of another protocol is closed without a word`() async throws {
        let statuses = try await withServer { port in
            try await DeskSocket.connect(to: port) { socket in
                try await socket.send(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
                return try await socket.statusesUntilClosed()
            }
        }
        #expect(statuses.isEmpty)
    }

    @Test func `an address with its share of connections is turned away`() async throws {
        try await withServer(configure: { $0.maximumConnectionsPerAddress = 1 }) { port in
            try await DeskSocket.connect(to: port) { first in
                try await first.publish(TestDesk.key, Self.sound)
                let second = try await DeskSocket.connect(to: port) { try await $0.statusesUntilClosed() }
                #expect(second.isEmpty)
            }
        }
    }

    @Test func `a full server takes the next one when a place is free`() async throws {
        try await withServer(configure: { $0.maximumConnections = 1 }) { port in
            let (isWaiting, waits) = AsyncStream.makeStream(of: Void.self)
            async let second = DeskSocket.connect(to: port) { socket in
                for await _ in isWaiting {}
                try await socket.publish("another key")
                return try await socket.statusesUntilClosed()
            }
            try await DeskSocket.connect(to: port) { first in
                try await first.publish("wrong key")
                waits.finish()
                #expect(try await first.statusesUntilClosed().last?.code == "NetStream.Publish.BadName")
            }
            #expect(try await second.last?.code == "NetStream.Publish.BadName")
        }
    }
}
