import Identifiers
import Logging
import NIOCore
import NIOPosix
import RTMP
import RTMPServer
import Streams
import Synchronization
import Time

/// A desk that admits one key to one room, on the feeds of the real directory.
final class TestDesk: PublishingDesk {
    static let key = "rightkey_4711"

    let room = RoomID(at: UTCInstant(microseconds: 0))
    private let id = StreamKeyID(at: UTCInstant(microseconds: 0))
    let feeds = FeedDirectory(configuration: .init(), clock: SystemWallClock()) { _ in }
    private let attentive = Mutex<FeedReader?>(nil)

    func admit(_ request: PublishRequest) async throws(PublishRefusal) -> Publication {
        guard request.key.value == Self.key else {
            throw PublishRefusal(.unknownKey, "No such stream key. Ask the secretariat for the room's own.")
        }
        let publication = try feeds.publish(to: room, with: id, way: request.way, remoteAddress: request.remoteAddress)
        attentive.withLock { $0 = $0 ?? feeds.feed(in: room)?.read() }
        return publication
    }

    /// A reader that was there before the first frame, however late the test comes to ask for it.
    func reader() async throws -> FeedReader {
        while true {
            if let reader = attentive.withLock({ $0 }) { return reader }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// The feed of the room, once a desk has been admitted.
    func feed() async throws -> Feed {
        while true {
            if let feed = feeds.feed(in: room) { return feed }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// Keeps the lines of a log with their metadata.
final class LogLines: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(lines: self) }
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            lines.kept.withLock { $0.append("\(event.level) \(event.message) \(details.joined(separator: " "))") }
        }
    }
}

/// Runs a server on a free port of loopback while `body` runs, then stops it.
func withServer<Result: Sendable>(
    _ desk: TestDesk = TestDesk(), log: LogLines = LogLines(),
    configure: (inout RTMPIngest.Configuration) -> Void = { _ in },
    _ body: @Sendable (Int) async throws -> Result
) async throws -> Result {
    try await withIngest(desk, log: log, configure: configure) { _, addresses in
        try await body(addresses.plain?.port ?? 0)
    }
}

/// The same for a test that looks at the server itself, or at its port for TLS.
func withIngest<Result: Sendable>(
    _ desk: TestDesk = TestDesk(), log: LogLines = LogLines(),
    configure: (inout RTMPIngest.Configuration) -> Void = { _ in },
    _ body: @Sendable (RTMPIngest, RTMPIngest.Addresses) async throws -> Result
) async throws -> Result {
    var configuration = RTMPIngest.Configuration()
    (configuration.host, configuration.port) = ("127.0.0.1", 0)
    configure(&configuration)
    let (listening, found) = AsyncStream.makeStream(of: RTMPIngest.Addresses.self)
    let ingest = RTMPIngest(
        configuration: configuration, desk: desk, clock: SystemWallClock(),
        group: MultiThreadedEventLoopGroup.singleton, logger: log.logger
    ) { addresses in
        found.yield(addresses)
        found.finish()
    }
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await ingest.run() }
        var addresses = RTMPIngest.Addresses(plain: nil, secure: nil)
        for await announced in listening { addresses = announced }
        let result = try await body(ingest, addresses)
        group.cancelAll()
        try await group.waitForAll()
        return result
    }
}
