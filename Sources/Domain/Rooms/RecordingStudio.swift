package import Archive
import Events
package import Identifiers
package import Logging
import Packaging
import Programme
package import Recording
import Synchronization
package import Time

/// Has the sessions recorded, and their recordings finished one after the other.
package final class RecordingStudio: Sendable {
    /// What is being done with which recording: never both.
    private struct Hands {
        /// An order from before they went on is void.
        var written: Set<RecordingID> = []
        /// Whoever goes on with the session meanwhile begins another.
        var finished: Set<RecordingID> = []
    }

    let folder: @Sendable (RecordingID) -> RecordingFolder
    private let space: @Sendable () -> Int64?
    private let configuration: RecordingWriter.Configuration
    let repository: any RecordingRepository
    let ledger: RoomLedger
    let clock: any WallClock
    private let logger: Logger
    private let hands = Mutex(Hands())
    private let jobs: AsyncStream<RecordingID>
    private let orders: AsyncStream<RecordingID>.Continuation

    package init(
        folder: @escaping @Sendable (RecordingID) -> RecordingFolder, space: @escaping @Sendable () -> Int64?,
        configuration: RecordingWriter.Configuration,
        repository: any RecordingRepository, ledger: RoomLedger, clock: any WallClock, logger: Logger
    ) {
        self.folder = folder
        self.space = space
        self.configuration = configuration
        self.repository = repository
        self.ledger = ledger
        self.clock = clock
        self.logger = logger
        (jobs, orders) = AsyncStream.makeStream()
    }
}

extension RecordingStudio {
    /// Bytes that the disk of the recordings still holds; nil where they could not be measured.
    var freeBytes: Int64? { space() }
}

// MARK: - While the session runs

extension RecordingStudio {
    /// Begins the recording of a session. Nil, with an error in the log, where the disk refuses: the session goes on without.
    func begin(_ session: Session, _ epoch: SessionEpoch) async -> RecordingInProgress? {
        do {
            return try await open(session, epoch)
        } catch {
            logger.error("a session is not recorded", metadata: ["session": "\(session.id)", "error": "\(error)"])
            return nil
        }
    }

    /// Goes on with the recording that a session has, recovered where a crash left it. Nil where it has none or cannot go on: what
    /// comes is kept in a new one.
    func resume(_ session: Session) async -> RecordingInProgress? {
        do {
            guard let known = try await repository.recordings(of: session.id).last, takeUp(known.id) else { return nil }
            if let recording = await resume(known) { return recording }
            putDown(known.id)
        } catch {
            logger.error("a recording cannot go on", metadata: ["session": "\(session.id)", "error": "\(error)"])
        }
        return nil
    }

    /// False where it is being written, or finished, or waits for that.
    func takeUp(_ id: RecordingID) -> Bool {
        hands.withLock { !$0.finished.contains(id) && $0.written.insert(id).inserted }
    }

    func putDown(_ id: RecordingID) {
        _ = hands.withLock { $0.written.remove(id) }
    }

    private func open(_ session: Session, _ epoch: SessionEpoch) async throws -> RecordingInProgress {
        let id = RecordingID(at: clock.now())
        let header = RecordingHeader(
            recording: id, session: session.id, conference: session.conference, titles: session.title.texts,
            origin: FeedChunker.timeZero(origin: epoch.origin))
        let writer = try RecordingWriter.create(folder(id), header, configuration: configuration, clock: clock)
        let recording = ArchivedRecording(
            id: id, session: session.id, conference: session.conference, room: session.room, state: .recording,
            startedAt: clock.now())
        try await repository.save(recording)
        _ = takeUp(id)
        await tell(.recordingStarted, recording)
        return RecordingInProgress(id: id, writer: writer)
    }

    /// Nil where it cannot go on. Where more than a crash has been at what was kept, that is left as it is, for somebody to look at.
    private func resume(_ known: ArchivedRecording) async -> RecordingInProgress? {
        do {
            return try await reopen(known)
        } catch let error as RecordingError where error.code == .damaged {
            var recording = known
            (recording.state, recording.note) = (.failed, error.message)
            await save(recording, .recordingFailed)
        } catch {
            logger.error("a recording cannot go on", metadata: ["recording": "\(known.id)", "error": "\(error)"])
        }
        return nil
    }

    private func reopen(_ known: ArchivedRecording) async throws -> RecordingInProgress {
        let (writer, report) = try await RecordingWriter.resume(folder(known.id), configuration: configuration, clock: clock)
        note(report, of: known.id)
        var recording = known
        recording.state = .recording
        (recording.endedAt, recording.duration, recording.files, recording.gaps) = (nil, nil, [], [])
        (recording.checksumsDigest, recording.verification) = (nil, nil)
        if report.wasInterrupted { recording.note = report.text }
        try await repository.save(recording)
        return RecordingInProgress(id: known.id, writer: writer)
    }

    /// Closes the log and orders the finished files.
    func close(_ recording: RecordingInProgress, _ ending: RecordingEnding) async {
        do {
            try await recording.writer.finish(ending)
        } catch {
            logger.error(
                "a recording could not be closed well", metadata: ["recording": "\(recording.id)", "error": "\(error)"])
        }
        putDown(recording.id)
        order(recording.id)
    }

    private func note(_ report: RecoveryReport, of id: RecordingID) {
        guard report.wasInterrupted else { return }
        logger.notice("a recording was recovered", metadata: ["recording": "\(id)", "found": "\(report.text)"])
    }
}

// MARK: - Finishing

extension RecordingStudio {
    /// Takes up what an earlier run of the program left: what belongs to a session that still runs is left for it.
    func recover(running: (SessionID) -> Bool) async {
        do {
            for recording in try await repository.unfinishedRecordings() where !running(recording.session) { order(recording.id) }
        } catch {
            logger.error("unfinished recordings could not be looked up", metadata: ["error": "\(error)"])
        }
    }

    /// Finishes what else is left of a session that is over: a recording that could not go on.
    func finishRest(of session: SessionID) async {
        let unfinished = (try? await repository.unfinishedRecordings()) ?? []
        for recording in unfinished where recording.session == session { order(recording.id) }
    }

    /// Nothing happens where it is being written, or ordered already.
    private func order(_ id: RecordingID) {
        let isFree = hands.withLock { !$0.written.contains(id) && $0.finished.insert(id).inserted }
        if isFree { orders.yield(id) }
    }

    /// Finishes what is ordered, one at a time, until `stop` and everything is done, or the task is cancelled.
    func run() async {
        for await id in jobs {
            await finish(id)
            _ = hands.withLock { $0.finished.remove(id) }
        }
    }

    /// No more orders come.
    func stop() {
        orders.finish()
    }

    private func finish(_ id: RecordingID) async {
        guard var recording = try? await repository.recording(id), recording.isUnfinished else { return }
        recording.state = .finishing
        await save(recording, .recordingFinishing)
        do {
            let finished = try await folder(id).finish(at: clock.now())
            note(finished.report, of: id)
            recording.take(finished, at: clock.now())
            await save(recording, .recordingReady)
        } catch {
            recording.state = .failed
            recording.note = "\(error)"
            logger.error("a recording could not be finished", metadata: ["recording": "\(id)", "error": "\(error)"])
            await save(recording, .recordingFailed)
        }
    }

    private func save(_ recording: ArchivedRecording, _ kind: EventKind) async {
        do {
            try await repository.save(recording)
        } catch {
            logger.error(
                "a recording's state could not be kept", metadata: ["recording": "\(recording.id)", "error": "\(error)"])
        }
        await tell(kind, recording)
    }

    func tell(_ kind: EventKind, _ recording: ArchivedRecording) async {
        await ledger.tell(
            EventDraft(
                kind, conference: recording.conference, session: recording.session, visibility: .participants,
                data: Facts.text(Facts.Recording(recording: recording.id, note: recording.note))))
    }
}

// MARK: - Verification

extension RecordingStudio {
    /// Checks every byte of a recording against what was written down about it, and keeps the result.
    ///
    /// - Returns: nil where there is no such recording, or it is not ready, or something else has become of it meanwhile.
    package func verify(_ id: RecordingID) async throws -> ArchivedRecording? {
        guard let known = try await repository.recording(id), known.state == .ready else { return nil }
        let report = try await folder(id).verify(checksums: known.checksumsDigest.flatMap(Fingerprint.init))
        guard var recording = try await repository.recording(id), recording == known else { return nil }
        recording.verification = .init(
            at: clock.now(), files: report.files, faults: report.faults.map(\.description))
        await save(recording, .recordingVerified)
        return recording
    }
}

extension ArchivedRecording {
    /// What finishing has made of it.
    fileprivate mutating func take(_ finished: FinishedRecording, at now: UTCInstant) {
        state = .ready
        endedAt = endedAt ?? now
        duration = finished.duration
        files = finished.products.map { product in
            RecordingFile(
                name: product.file, bytes: product.bytes, sha256: finished.sums[product.file]?.text ?? "",
                seconds: product.to.instant.since(product.from.instant).inSeconds)
        }
        gaps = finished.gaps.prefix(Self.maximumGaps).map { gap in
            RecordingGap(
                at: gap.from.instant, seconds: gap.to.instant.since(gap.from.instant).inSeconds, cause: .init(gap.cause))
        }
        checksumsDigest = finished.checksums.text
        if finished.report.wasInterrupted { note = finished.report.text }
    }
}

extension RecordingGap.Cause {
    fileprivate init(_ cause: GapCause) {
        switch cause {
        case .source: self = .source
        case .paused: self = .paused
        case .restart, .overrun, .disk, .refused: self = .loss
        }
    }
}
