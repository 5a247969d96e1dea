import Archive
import Events
import Identifiers
package import Logging
import Media
package import Packaging
import Programme
import Recording
import Registration
import ServiceLifecycle
import Streams
import Synchronization
import Time

/// Moves the sessions with the clock: opens doors, starts and ends sessions, gives each running session its room's feed, and has
/// its recording made and finished. Automatic acts are events; a moderator's override wins.
///
/// One task does it all, about once a second and whenever a feed comes; the media of each running session flow in a child task.
package final class Conductor: Service {
    /// Chunks of a session that may wait while its recording is opened: some minutes of them.
    private static let chunksAhead = 1024

    private let directory: RoomDirectory
    private let studio: RecordingStudio
    private let notices: FeedNotices
    private let chunking: FeedChunker.Configuration
    private let logger: Logger
    private let floors = Mutex<[SessionID: Floor]>([:])

    package init(
        directory: RoomDirectory, studio: RecordingStudio, notices: FeedNotices,
        chunking: FeedChunker.Configuration, logger: Logger
    ) {
        self.directory = directory
        self.studio = studio
        self.notices = notices
        self.chunking = chunking
        self.logger = logger
    }

    /// Reads the programme, the overrides and the removals of every conference anew. Called at the start and when a programme
    /// was published.
    package func load() async throws {
        for conference in try await directory.repositories.programme.conferences() {
            try await load(conference.id)
        }
    }

    package func run() async throws {
        try await load()
        await studio.recover(running: directory.isRunning)
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.studio.run() }
                group.addTask { await self.notices.keepTime() }
                await conduct()
                studio.stop()
            }
        } onGracefulShutdown: {
            self.notices.finish()
        }
    }

    /// Until the server stops: then the floors are closed, and their recordings with them.
    private func conduct() async {
        await withTaskGroup(of: Void.self) { group in
            for await wake in notices.wakes { await handle(wake, in: &group) }
            for floor in floors.withLock({ Array($0.values) }) { floor.end(.serverStopped) }
        }
    }

    private func handle(_ wake: FeedNotices.Wake, in group: inout TaskGroup<Void>) async {
        switch wake {
        case .tick:
            directory.feeds.sweep()
            for change in directory.advance() { await carryOut(change, in: &group) }
        case .feed(let notice):
            await tell(notice)
        }
    }
}

// MARK: - The programme

extension Conductor {
    private func load(_ conference: ConferenceID) async throws {
        let repositories = directory.repositories
        let sessions = try await repositories.programme.sessions(in: conference)
        let overrides = try await repositories.programme.overrides(in: conference)
        let removals = try await repositories.rooms.removals(in: conference)
        let revoked = try await repositories.registration.participants(in: conference).filter { $0.revokedAt != nil }
        directory.take(sessions, of: conference, overrides: overrides, removals: removals, revoked: revoked.map(\.id))
    }

    private func carryOut(_ change: PhaseChange, in group: inout TaskGroup<Void>) async {
        logger.info(
            "session \(change.phase.rawValue)", metadata: ["session": "\(change.session.id)", "room": "\(change.session.room)"])
        switch change.phase {
        case .planned: break
        case .doorsOpen: await directory.ledger.tell(EventDraft(.sessionOpened, in: change.session, to: .everyone))
        case .running: await start(change.session, in: &group)
        case .ended: await end(change.session)
        }
    }

    private func start(_ session: Session, in group: inout TaskGroup<Void>) async {
        do {
            let (epoch, isNew) = try await directory.epoch(of: session.id)
            let floor = Floor(session: session, epoch: epoch, chunking: chunking, clock: directory.clock)
            floors.withLock { $0[session.id] = floor }
            directory.begin(session.id, SessionMedia(epoch: epoch, output: floor.output))
            group.addTask { await self.carry(floor, continues: !isNew) }
            if let feed = directory.feeds.feed(in: session.room) { floor.connect(feed) }
            let media = Facts.Media(media: epoch.mediaPath)
            await directory.ledger.tell(EventDraft(.sessionLive, in: session, to: .everyone, media))
        } catch {
            logger.error("a session could not start", metadata: ["session": "\(session.id)", "error": "\(error)"])
        }
    }

    /// Lets a session's media flow until it ends.
    private func carry(_ floor: Floor, continues: Bool) async {
        let (chunks, inlet) = AsyncStream.makeStream(
            of: ChunkerOutput.self, bufferingPolicy: .bufferingOldest(Self.chunksAhead))
        async let recorded: Void = record(floor, chunks, continues: continues)
        let ending = await floor.run { inlet.yield($0) }
        inlet.finish()
        await recorded
        if ending == .sessionEnded { await studio.finishRest(of: floor.session.id) }
    }

    /// Has the chunks recorded, which do not wait for that. A recording begins with the first of them; one that an earlier run of
    /// the program left goes on at once, whether media come or not.
    private func record(_ floor: Floor, _ chunks: AsyncStream<ChunkerOutput>, continues: Bool) async {
        guard floor.session.isRecorded else { return }
        var recording = continues ? await studio.resume(floor.session) : nil
        var isDue = recording == nil
        directory.note(recording, of: floor.session.id)
        for await output in chunks {
            if isDue {
                isDue = false
                recording = await studio.begin(floor.session, floor.epoch)
                directory.note(recording, of: floor.session.id)
            }
            recording?.writer.append(output)
        }
        directory.note(nil, of: floor.session.id)
        if let recording { await studio.close(recording, floor.ending == .sessionEnded ? .over : .stopped) }
    }

    private func end(_ session: Session) async {
        guard let floor = floors.withLock({ $0.removeValue(forKey: session.id) }) else { return }
        floor.end(.sessionEnded)
        await directory.ledger.tell(EventDraft(.sessionClosed, in: session, to: .everyone))
    }
}

// MARK: - Feeds

extension Conductor {
    private func tell(_ notice: FeedNotice) async {
        let (kind, room, id) = notice.told
        let session = directory.current(in: room).flatMap { directory.state(of: $0)?.session }
        if case .started = notice, let feed = directory.feeds.feed(in: room) {
            for floor in floors.withLock({ Array($0.values) }) where floor.session.room == room { floor.connect(feed) }
        }
        guard let session else { return }
        await directory.ledger.tell(
            EventDraft(kind, in: session, to: .participants, Facts.Feed(room: room, feed: id)))
    }
}

extension FeedNotice {
    fileprivate var told: (EventKind, RoomID, FeedID) {
        switch self {
        case .started(let room, let feed): (.feedStarted, room, feed)
        case .interrupted(let room, let feed): (.feedInterrupted, room, feed)
        case .resumed(let room, let feed): (.feedResumed, room, feed)
        case .ended(let room, let feed): (.feedEnded, room, feed)
        }
    }
}
