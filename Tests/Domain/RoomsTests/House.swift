import Access
import Archive
import Events
import Files
import Foundation
import Identifiers
import Logging
import Media
import MediaFixtures
import Packaging
import Programme
import Recording
import Store
import Streams
import Synchronization
import Testing
import Time

@testable import Rooms

/// A conference with one room over a database and recordings in a folder of its own, and a conductor whose seconds pass quickly.
final class House: Sendable {
    static let noon = UTCInstant(microseconds: 1_623_844_800_000_000)

    let folder: String
    /// Holds the folder.
    private let predecessor: House?
    let clock = SettableClock(House.noon)
    /// Times what arrives.
    let mediaClock = SettableClock(House.noon)
    let store: ConferenceStore
    let notices = FeedNotices(interval: .milliseconds(5))
    let feeds: FeedDirectory
    let directory: RoomDirectory
    let studio: RecordingStudio
    let workshop: ArchiveWorkshop
    let conductor: Conductor
    let conference: Conference
    let room: Room
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// - Parameter before: whose data folder and clock it takes over, as the next start of the program does.
    init(after before: House? = nil) async throws {
        let folder = before?.folder ?? FileManager.default.temporaryDirectory.appending(path: "rooms-\(UUID())").path()
        self.folder = folder
        predecessor = before
        if let before { for clock in [clock, mediaClock] { clock.set(to: before.clock.now()) } }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try ConferenceStore(folder: folder, clock: clock)
        let notices = notices
        feeds = FeedDirectory(configuration: .init(), clock: mediaClock, wall: clock) { notices.post($0) }
        let ledger = RoomLedger(
            events: EventHub(repository: store, clock: clock), audit: AuditLog(repository: store, clock: clock), logger: logger)
        directory = RoomDirectory(
            configuration: .init(),
            repositories: RoomRepositories(programme: store, registration: store, rooms: store, recordings: store),
            passes: await PassAuthority(secret: Array(repeating: 7, count: 32)), ledger: ledger, feeds: feeds, clock: clock,
            mediaClock: mediaClock)
        let recordingFolder = { @Sendable (id: RecordingID) in RecordingFolder(Path("\(folder)/\(id)")) }
        workshop = ArchiveWorkshop(
            .init(
                recordings: store, programme: store, events: ledger.events, folder: recordingFolder, clock: clock, logger: logger)
        )
        studio = RecordingStudio(
            folder: recordingFolder, space: { 1 << 40 }, configuration: .init(), repository: store, workshop: workshop,
            ledger: ledger,
            clock: clock, logger: logger)
        conductor = Conductor(
            directory: directory, studio: studio, notices: notices, chunking: .init(), logger: logger)
        conference =
            before?.conference
            ?? Conference(
                id: ConferenceID(at: House.noon), slug: "wepc-2021", title: LocalisedText("Conference"), timeZone: "Europe/Paris",
                startsAt: House.noon, endsAt: House.noon.advanced(by: .seconds(86_400)))
        room = before?.room ?? Room(id: RoomID(at: House.noon), conference: conference.id, name: LocalisedText("Plenary"))
        if before == nil { try await store.add(conference, rooms: [room]) }
    }

    deinit {
        if predecessor == nil { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// Publishes sessions of an hour each, from so many seconds after noon.
    func publish(_ starts: Int..., isRecorded: Bool = true) async throws -> [Session] {
        let sessions = starts.map { session(House.noon.advanced(by: .seconds($0)), isRecorded: isRecorded) }
        _ = try await store.publish(sessions, in: conference.id)
        return sessions
    }

    private func session(_ start: UTCInstant, isRecorded: Bool) -> Session {
        Session(
            id: SessionID(at: start), conference: conference.id, room: room.id, title: LocalisedText("A session"), abstract: nil,
            format: .debate, audiences: [], startsAt: start, endsAt: start.advanced(by: .seconds(3600)), isRecorded: isRecorded)
    }

    /// Time passes, on every clock.
    func pass(_ duration: Duration) {
        clock.advance(by: duration)
        mediaClock.advance(by: duration)
    }

    /// Lets the conductor run for as long as `body` does.
    func conducting<Result>(_ body: () async throws -> Result) async throws -> Result {
        let running = Task {
            async let working: Void = workshop.run()
            try await conductor.run()
            await working
        }
        defer { running.cancel() }
        let result = try await body()
        running.cancel()
        _ = try? await running.value
        return result
    }

    func override(_ word: SessionOverride?, _ session: Session) async throws {
        try await directory.setOverride(word, of: session.id, reason: "test", by: .commandLine)
    }

    func recordings(of session: Session) async throws -> [ArchivedRecording] {
        try await store.recordings(of: session.id)
    }

    func audit() async throws -> [AuditKind] {
        try await store.auditEntries(in: conference.id, after: 0, limit: 1000).map(\.kind)
    }

    func events() async throws -> [EventKind] {
        try await store.events(in: conference.id, after: 0, limit: 1000).map(\.kind)
    }
}

/// A desk that sends what a camera gives, once, on the conference's clock.
struct Desk {
    static let takes = Result { try Camera().record() }

    let publication: Publication

    init(_ house: House) throws {
        publication = try house.feeds.publish(
            to: house.room.id, with: StreamKeyID(at: house.clock.now()), way: .rtmp, remoteAddress: "127.0.0.1")
    }

    /// Six seconds of picture and sound, arriving from now on, once the session has the feed.
    func send(_ house: House) async throws {
        try await eventually { house.feeds.feed(in: house.room.id)?.health.readers == 1 }
        let now = house.mediaClock.now()
        for item in try Self.takes.get() {
            switch item {
            case .format(let format): publication.declare(format)
            case .frame(let frame): publication.deliver(frame.arriving(now.advanced(by: frame.decodeTime.duration)))
            }
        }
        house.pass(.seconds(6))
    }
}

extension MediaFrame {
    fileprivate func arriving(_ instant: UTCInstant) -> MediaFrame {
        MediaFrame(
            kind: kind, decodeTime: decodeTime, presentationOffset: presentationOffset, isKey: isKey, payload: payload,
            receivedAt: instant)
    }
}

final class SettableClock: WallClock {
    private let instant: Mutex<UTCInstant>

    init(_ instant: UTCInstant) {
        self.instant = Mutex(instant)
    }

    func now() -> UTCInstant { instant.withLock { $0 } }

    func set(to instant: UTCInstant) {
        self.instant.withLock { $0 = instant }
    }

    func advance(by duration: Duration) {
        instant.withLock { $0 = $0.advanced(by: duration) }
    }
}

/// Waits until something that another task does has come about; fails after twenty seconds.
func eventually(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<4000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("it did not come about in twenty seconds")
}
