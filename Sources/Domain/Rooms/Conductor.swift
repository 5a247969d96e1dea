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
/// One task does it all, about once a second and whenever a feed comes. It looks at what is, not at what has changed: what could
/// not be started is tried again, and a feed that was overlooked is found. Media, recordings and events have tasks of their own.
package final class Conductor: Service {
    /// Chunks of a session that may wait while its recording is opened: some minutes of them.
    private static let chunksAhead = 1024
    /// After a recording could not be begun, it is tried again with what comes so much later.
    private static let retry: Duration = .seconds(10)

    let directory: RoomDirectory
    let studio: RecordingStudio
    let notices: FeedNotices
    private let chunking: FeedChunker.Configuration
    private let rewind: Duration
    let logger: Logger
    private let herald: Herald
    private let floors = Mutex<[SessionID: Floor]>([:])
    /// The version of each conference's programme that stands in the directory.
    private let versions = Mutex<[ConferenceID: Int]>([:])
    private let news = Mutex((feeds: FeedNews(), recordings: RecordingNews()))

    /// - Parameter rewind: how far back viewers of a running session may go, where it is recorded.
    package init(
        directory: RoomDirectory, studio: RecordingStudio, notices: FeedNotices,
        chunking: FeedChunker.Configuration, rewind: Duration = .seconds(7200), logger: Logger
    ) {
        self.directory = directory
        self.studio = studio
        self.notices = notices
        self.chunking = chunking
        self.rewind = rewind
        self.logger = logger
        herald = Herald(directory.ledger)
    }

    /// Reads each conference whose programme has another version than the one known here, with its overrides and removals.
    package func load() async throws {
        let programme = directory.repositories.programme
        for conference in try await programme.conferences() {
            let version = try await programme.publishedVersion(in: conference.id)?.number ?? 0
            guard versions.withLock({ $0[conference.id] != version }) else { continue }
            try await load(conference.id)
            versions.withLock { $0[conference.id] = version }
        }
    }

    /// Takes up what is published while the server runs, until the task is cancelled. A database that does not answer holds up
    /// nothing else.
    private func followProgramme() async {
        while (try? await Task.sleep(for: notices.interval)) != nil {
            do {
                try await load()
            } catch {
                logger.error("the programme could not be read", metadata: ["error": "\(error)"])
            }
        }
    }

    package func run() async throws {
        try await load()
        await studio.recover(running: directory.isRunning)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.herald.run() }
                group.addTask { await self.notices.keepTime() }
                async let _ = followProgramme()
                async let _ = keepReaches()
                async let _ = keepAccounts()
                async let _ = keepAttendance()
                await conduct()
                await directory.keepAttendance()
                herald.finish()
            }
        } onGracefulShutdown: {
            self.notices.finish()
        }
    }

    /// Until the server stops: then the floors are closed, and their recordings with them.
    private func conduct() async {
        await withDiscardingTaskGroup { group in
            for await wake in notices.wakes { await handle(wake, in: &group) }
            for floor in onFloor { floor.end(.serverStopped) }
        }
    }

    private func handle(_ wake: FeedNotices.Wake, in group: inout DiscardingTaskGroup) async {
        switch wake {
        case .tick:
            directory.feeds.sweep()
            for change in directory.advance() { carryOut(change) }
            for session in directory.running where floor(of: session.id) == nil { await start(session, in: &group) }
            noteClock()
            tellNews()
        case .feed(let notice):
            if let told = news.withLock({ $0.feeds.take(notice, at: .now) }) { tell(told) }
        }
        connectFeeds()
    }

    var onFloor: [Floor] { floors.withLock { Array($0.values) } }

    private func floor(of session: SessionID) -> Floor? { floors.withLock { $0[session] } }
}

// MARK: - The programme

extension Conductor {
    private func load(_ conference: ConferenceID) async throws {
        let repositories = directory.repositories
        let sessions = try await repositories.programme.sessions(in: conference)
        let overrides = try await repositories.programme.overrides(in: conference)
        let paused = try await repositories.rooms.pausedRecordings(in: conference)
        let entrances = try await repositories.rooms.entrances(in: conference)
        let admitted = try await repositories.rooms.admitted(in: conference)
        let removals = try await repositories.rooms.standingRemovals(in: conference)
        let revoked = try await repositories.registration.participants(in: conference).filter { $0.revokedAt != nil }
        directory.take(
            sessions, of: conference, overrides: overrides, paused: paused, entrances: entrances, admitted: admitted,
            kept: try await keptEpochs(in: conference), removals: removals, revoked: revoked.map(\.id))
    }

    /// The epochs of the sessions of which there are recordings.
    private func keptEpochs(in conference: ConferenceID) async throws -> [SessionEpoch] {
        let repositories = directory.repositories
        var epochs: [SessionEpoch] = []
        for session in Set(try await repositories.recordings.recordings(in: conference).map(\.session)) {
            if let epoch = try await repositories.rooms.epoch(of: session) { epochs.append(epoch) }
        }
        return epochs
    }

    /// What runs is started by `handle`, as often as it takes.
    private func carryOut(_ change: PhaseChange) {
        logger.info(
            "session \(change.phase.rawValue)", metadata: ["session": "\(change.session.id)", "room": "\(change.session.room)"])
        switch change.phase {
        case .planned, .running: break
        case .doorsOpen: herald.tell(EventDraft(.sessionOpened, in: change.session, to: .everyone))
        case .ended: end(change)
        }
    }

    private func start(_ session: Session, in group: inout DiscardingTaskGroup) async {
        do {
            let (epoch, shift, isNew) = try await directory.epoch(of: session.id)
            let floor = Floor(
                session: session, epoch: epoch, shift: shift, chunking: chunking, rewind: rewind, clock: directory.mediaClock)
            floors.withLock { $0[session.id] = floor }
            await studio.replays.forget(session.id)
            directory.begin(session.id, SessionMedia(epoch: epoch, output: floor.output, shift: shift))
            group.addTask { await self.carry(floor, continues: !isNew) }
            herald.tell(EventDraft(.sessionLive, in: session, to: .everyone, Facts.Media(media: epoch.mediaPath)))
        } catch {
            logger.error("a session could not start", metadata: ["session": "\(session.id)", "error": "\(error)"])
        }
    }

    /// Lets a session's media flow until it ends.
    private func carry(_ floor: Floor, continues: Bool) async {
        let (chunks, inlet) = AsyncStream.makeStream(
            of: ChunkerOutput.self, bufferingPolicy: .bufferingOldest(Self.chunksAhead))
        if continues, let kept = await studio.kept(of: floor.session.id) { floor.output.goOn(behind: kept) }
        async let recorded: Void = record(floor, chunks, continues: continues)
        let ending = await floor.run { inlet.yield($0) }
        inlet.finish()
        await recorded
        await keepReach(of: floor)
        if ending == .sessionEnded { await studio.finishRest(of: floor.session.id) }
    }

    /// Has the chunks recorded, which do not wait for that. A recording begins with the first of them; one that an earlier run of
    /// the program left goes on at once, whether media come or not.
    private func record(_ floor: Floor, _ chunks: AsyncStream<ChunkerOutput>, continues: Bool) async {
        guard floor.session.isRecorded else { return }
        var recording = continues ? await studio.resume(floor.session) : nil
        if let recording { take(recording, of: floor) }
        var backlog = RecordingBacklog()
        var due = ContinuousClock.now
        for await output in chunks {
            let isPaused = isPaused(output, in: floor.session.id)
            if let recording {
                recording.writer.take(output, isPaused: isPaused)
                continue
            }
            if isPaused { backlog.noteMissing(of: output) } else { backlog.append(output) }
            guard due <= .now, backlog.holdsChunks else { continue }
            recording = await begin(floor, continues: continues, with: backlog.outputs)
            due = .now + Self.retry
        }
        guard let recording else { return }
        directory.end(recording.id, of: floor.session.id)
        await studio.close(recording, floor.ending == .sessionEnded ? .over : .stopped)
    }

    /// Whether it is a chunk of a time when a moderator had the recording paused.
    private func isPaused(_ output: ChunkerOutput, in session: SessionID) -> Bool {
        guard case .chunk(let chunk) = output else { return false }
        return directory.isPaused(session, during: chunk)
    }

    /// Nil where the disk refuses.
    private func begin(_ floor: Floor, continues: Bool, with outputs: [ChunkerOutput]) async -> RecordingInProgress? {
        var recording = continues ? await studio.resume(floor.session) : nil
        if recording == nil { recording = await studio.begin(floor.session, floor.epoch) }
        guard let recording else {
            directory.noteRefusal(of: floor.session.id)
            return nil
        }
        take(recording, of: floor)
        for output in outputs { recording.writer.append(output) }
        return recording
    }

    /// The session makes this recording from now on, and its viewers may go back to what it keeps.
    private func take(_ recording: RecordingInProgress, of floor: Floor) {
        let output = floor.output
        recording.writer.tellKept { output.note($0) }
        output.keep(on: recording.writer.folder)
        directory.begin(recording, of: floor.session.id)
    }

    /// A session whose doors never opened is closed without a word.
    private func end(_ change: PhaseChange) {
        floors.withLock { $0.removeValue(forKey: change.session.id) }?.end(.sessionEnded)
        guard change.before != .planned else { return }
        herald.tell(EventDraft(.sessionClosed, in: change.session, to: .everyone))
    }
}

extension RecordingFolder: ChunkShelf {}

extension RecordingWriter {
    /// Has the output written, or, where it is of a pause, left out.
    fileprivate func take(_ output: ChunkerOutput, isPaused: Bool) {
        if isPaused, case .chunk(let chunk) = output { leaveOut(chunk.kind, .paused) } else { append(output) }
    }
}

// MARK: - Feeds

extension Conductor {
    /// Each running session gets the feed that is in its room; nothing happens where it has it.
    private func connectFeeds() {
        for floor in onFloor {
            if let feed = directory.feeds.feed(in: floor.session.room) { floor.connect(feed) }
        }
    }

    private func tellNews() {
        let alarms = directory.recordingAlarms
        let (feeds, recordings) = news.withLock { news in
            (news.feeds.due(at: .now), news.recordings.changes(alarms, at: .now))
        }
        for notice in feeds { tell(notice) }
        for draft in recordings { herald.tell(draft) }
    }

    private func tell(_ notice: FeedNotice) {
        let (kind, room, id) = notice.told
        guard let session = directory.current(in: room).flatMap({ directory.state(of: $0)?.session }) else { return }
        herald.tell(EventDraft(kind, in: session, to: .participants, Facts.Feed(room: room, feed: id)))
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
