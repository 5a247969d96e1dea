package import Events
package import Identifiers
package import Logging
package import Programme
package import Recording
import ServiceLifecycle
import Synchronization
package import Time

/// Does what takes long with recordings that are over, one thing at a time: finishes them, cuts clips and verifies them.
///
/// What is to be done stands in the database and nowhere else: a recording in the state `finishing`, a clip in the
/// state `making`, a recording whose verification is due.
/// So nothing that waits takes memory, and a crash forgets none of it. Work that fails is written down as failed and not tried
/// again until somebody orders it.
package final class ArchiveWorkshop: Service {
    package struct Configuration: Sendable {
        /// How long after a verification the next one is due; nil where none is but those that people order.
        package var verifyEvery: Duration? = .seconds(7 * 86_400)
        /// Bytes a second that verification reads at most, so that recording and serving keep the disk.
        package var verificationRate = 50 << 20
        /// How often it looks for what has become due.
        package var pause: Duration = .seconds(60)

        package init() {}
    }

    /// What the workshop works on and writes to.
    package struct Materials: Sendable {
        let recordings: any RecordingRepository & MarkRepository & ClipRepository
        let programme: any ProgrammeRepository
        let events: EventHub
        let folder: @Sendable (RecordingID) -> RecordingFolder
        let clock: any WallClock
        let logger: Logger

        package init(
            recordings: any RecordingRepository & MarkRepository & ClipRepository, programme: any ProgrammeRepository,
            events: EventHub,
            folder: @escaping @Sendable (RecordingID) -> RecordingFolder, clock: any WallClock, logger: Logger
        ) {
            self.recordings = recordings
            self.programme = programme
            self.events = events
            self.folder = folder
            self.clock = clock
            self.logger = logger
        }
    }

    package let hands = RecordingHands()
    let configuration: Configuration
    let materials: Materials
    private let meter = Mutex<[String: Double]>([:])
    private let wakes: AsyncStream<Void>
    private let inlet: AsyncStream<Void>.Continuation

    package init(configuration: Configuration = .init(), _ materials: Materials) {
        self.configuration = configuration
        self.materials = materials
        (wakes, inlet) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// There is something to do. Nothing is done before the first call: by then it is known which sessions go on with theirs.
    package func wake() {
        inlet.yield()
    }

    /// How much of the work on a recording or a clip is done, from 0 to 1; nil where nobody works on it.
    package func progress(of work: Identifier<some IdentifierKind>) -> Double? {
        meter.withLock { $0[work.description] }
    }

    /// Works until the server stops: what is being done then may be cut off, and is done again at the next start.
    package func run() async {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                var hasBegun = false
                for await _ in wakes where !Task.isShuttingDownGracefully {
                    if !hasBegun { group.addTask { await self.keepTime() } }
                    hasBegun = true
                    while !Task.isShuttingDownGracefully, !Task.isCancelled, await doNext() {}
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.inlet.finish()
        }
    }

    private func keepTime() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: configuration.pause)
            wake()
        }
    }

    /// - Returns: false where there was nothing to do, or it could not be written down.
    private func doNext() async -> Bool {
        do {
            if let recording = try await recordingToFinish() { return await finish(recording) }
            if let clip = try await clipToMake() { return await make(clip) }
            let due = configuration.verifyEvery.map { materials.clock.now().advanced(by: .zero - $0) }
            if let recording = try await materials.recordings.recordingToVerify(due: due) {
                return try await verify(recording) != nil
            }
        } catch {
            materials.logger.error("the archive's work cannot be looked up", metadata: ["error": "\(error)"])
        }
        return false
    }

    /// The first that nobody writes.
    private func recordingToFinish() async throws -> ArchivedRecording? {
        try await materials.recordings.unfinishedRecordings().first { $0.state == .finishing && hands.take($0.id) }
    }

    func note(_ progress: Double?, of work: Identifier<some IdentifierKind>) {
        meter.withLock { $0[work.description] = progress }
    }
}

// MARK: - What becomes of it

extension ArchiveWorkshop {
    /// Writes down what has become of a recording, and tells it.
    ///
    /// - Returns: whether it could be written down.
    @discardableResult
    func save(_ recording: ArchivedRecording, _ kind: EventKind) async -> Bool {
        do {
            try await materials.recordings.save(recording)
            try await tell(kind, recording)
            return true
        } catch {
            materials.logger.error(
                "a recording's state could not be kept", metadata: ["recording": "\(recording.id)", "error": "\(error)"])
            return false
        }
    }

    func tell(_ kind: EventKind, _ recording: ArchivedRecording, percent: Int? = nil) async throws {
        try await materials.events.publish(
            EventDraft(
                kind, conference: recording.conference, session: recording.session, visibility: .participants,
                data: Facts.text(Facts.Worked(recording: recording.id, note: recording.note, percent: percent))))
    }
}

extension Facts {
    fileprivate struct Worked: Encodable {
        let recording: RecordingID
        let note: String?
        let percent: Int?
    }
}
