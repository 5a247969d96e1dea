package import Archive
import Events
package import Identifiers
package import Logging
import Packaging
import Programme
package import Recording
package import Time

/// Has the sessions recorded, and hands their recordings over to the workshop.
package final class RecordingStudio: Sendable {
    let folder: @Sendable (RecordingID) -> RecordingFolder
    private let space: @Sendable () -> Int64?
    private let configuration: RecordingWriter.Configuration
    let repository: any RecordingRepository
    let ledger: RoomLedger
    let clock: any WallClock
    let logger: Logger
    let workshop: ArchiveWorkshop
    let replays = ReplayLibrary()

    package init(
        folder: @escaping @Sendable (RecordingID) -> RecordingFolder, space: @escaping @Sendable () -> Int64?,
        configuration: RecordingWriter.Configuration, repository: any RecordingRepository, workshop: ArchiveWorkshop,
        ledger: RoomLedger, clock: any WallClock, logger: Logger
    ) {
        self.folder = folder
        self.space = space
        self.configuration = configuration
        self.repository = repository
        self.workshop = workshop
        self.ledger = ledger
        self.clock = clock
        self.logger = logger
    }
}

extension RecordingStudio {
    /// Bytes that the disk of the recordings still holds; nil where they could not be measured.
    package var freeBytes: Int64? { space() }
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
            guard let known = try await repository.recordings(of: session.id).last, workshop.hands.take(known.id) else {
                return nil
            }
            // Meanwhile the workshop may have finished it.
            if let known = try await repository.recording(known.id), let recording = await resume(known) { return recording }
            workshop.hands.putDown(known.id)
        } catch {
            logger.error("a recording cannot go on", metadata: ["session": "\(session.id)", "error": "\(error)"])
        }
        return nil
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
        _ = workshop.hands.take(id)
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
        (recording.chapters, recording.checksumsDigest) = ([], nil)
        (recording.verification, recording.verificationAskedAt) = (nil, nil)
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
        workshop.hands.putDown(recording.id)
        await order(recording.id)
    }

    private func note(_ report: RecoveryReport, of id: RecordingID) {
        guard report.wasInterrupted else { return }
        logger.notice("a recording was recovered", metadata: ["recording": "\(id)", "found": "\(report.text)"])
    }
}

// MARK: - When it is over

extension RecordingStudio {
    /// Takes up what an earlier run of the program left: what belongs to a session that still runs is left for it.
    func recover(running: (SessionID) -> Bool) async {
        do {
            for recording in try await repository.unfinishedRecordings() where !running(recording.session) {
                await order(recording.id)
            }
        } catch {
            logger.error("unfinished recordings could not be looked up", metadata: ["error": "\(error)"])
        }
        workshop.wake()
    }

    /// Finishes what else is left of a session that is over: a recording that could not go on.
    func finishRest(of session: SessionID) async {
        let unfinished = (try? await repository.unfinishedRecordings()) ?? []
        for recording in unfinished where recording.session == session { await order(recording.id) }
    }

    /// Has the workshop finish a recording. Nothing happens where it is being written, or finished already.
    private func order(_ id: RecordingID) async {
        guard workshop.hands.take(id) else { return }
        if var recording = try? await repository.recording(id), recording.state == .recording {
            recording.state = .finishing
            await keep(recording)
        }
        workshop.hands.putDown(id)
        workshop.wake()
    }

    private func save(_ recording: ArchivedRecording, _ kind: EventKind) async {
        await keep(recording)
        await tell(kind, recording)
    }

    private func keep(_ recording: ArchivedRecording) async {
        do {
            try await repository.save(recording)
        } catch {
            logger.error(
                "a recording's state could not be kept", metadata: ["recording": "\(recording.id)", "error": "\(error)"])
        }
    }

    func tell(_ kind: EventKind, _ recording: ArchivedRecording) async {
        await ledger.tell(
            EventDraft(
                kind, conference: recording.conference, session: recording.session, visibility: .participants,
                data: Facts.text(Facts.Recording(recording: recording.id, note: recording.note))))
    }
}
