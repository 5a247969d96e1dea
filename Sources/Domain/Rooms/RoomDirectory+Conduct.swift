import Identifiers
import Media
import Programme
import Recording
import Streams
import Synchronization
import Time

/// A session has come to another phase.
struct PhaseChange: Hashable, Sendable {
    let session: Session
    let before: SessionPhase
    let phase: SessionPhase
}

/// What only the conductor does.
extension RoomDirectory {
    /// Takes the programme of a conference as it is now. Sessions that are no longer in it are closed.
    func take(
        _ sessions: [Session], of conference: ConferenceID, overrides: [SessionID: SessionOverride], paused: Set<SessionID> = [],
        entrances: [SessionID: Entrance] = [:], admitted: [SessionID: Set<ParticipantID>] = [:], kept: [SessionEpoch] = [],
        removals: [Removal], revoked: [ParticipantID]
    ) {
        let now = clock.now()
        state.withLock { state in
            for (id, live) in state.sessions where live.session.conference == conference {
                state.sessions[id]?.isInProgramme = false
            }
            let new = Set(sessions.map(\.id)).subtracting(state.sessions.keys)
            for session in sessions {
                // What moderators have said since the start stands here already, and may be newer than what was read.
                var live =
                    state.sessions[session.id]
                    ?? LiveSession(
                        session, override: overrides[session.id], isPaused: paused.contains(session.id),
                        entrance: entrances[session.id] ?? Entrance(), clock: configuration.clock, now: now)
                live.take(session, clock: configuration.clock)
                live.admitted.formUnion(admitted[session.id] ?? [])
                state.sessions[session.id] = live
            }
            for epoch in kept { state.sessions[epoch.session]?.kept = epoch }
            state.enforce(removals, of: conference, newTo: new)
            state.revoked.formUnion(revoked)
        }
    }

    /// Moves every session to where it stands now and says which have come to another phase. Media whose time is over go.
    func advance() -> [PhaseChange] {
        let now = clock.now()
        return state.withLock { state in
            let holders = state.holders(of: configuration.clock, now: now)
            var changes: [PhaseChange] = []
            for (id, live) in state.sessions {
                let (before, session) = (live.phase, live.session)
                let hasRoom = holders[session.room] == id
                guard let phase = state.sessions[id]?.advance(configuration.clock, hasRoom: hasRoom, now: now) else { continue }
                changes.append(PhaseChange(session: session, before: before, phase: phase))
            }
            return changes.sorted { $0.session.startsAt < $1.session.startsAt }
        }
    }

    /// Whether a session is running by the clock or by a moderator's word.
    func isRunning(_ session: SessionID) -> Bool {
        let now = clock.now()
        return state.withLock { state in
            guard let room = state.sessions[session]?.session.room else { return false }
            return state.holders(of: configuration.clock, now: now)[room] == session
        }
    }

    func begin(_ session: SessionID, _ media: SessionMedia) {
        state.withLock { $0.sessions[session]?.media = media }
    }

    /// The sessions that run, as of the last `advance`, by start.
    var running: [Session] {
        let running = state.withLock { $0.sessions.values.filter { $0.phase == .running }.map(\.session) }
        return running.sorted { $0.startsAt < $1.startsAt }
    }

    /// The recording that a running session makes from now on.
    func begin(_ recording: RecordingInProgress, of session: SessionID) {
        state.withLock { state in
            state.sessions[session]?.recording = recording
            if let media = state.sessions[session]?.media { state.sessions[session]?.kept = media.epoch }
            state.sessions[session]?.isRecordingRefused = false
        }
    }

    /// The disk has refused to begin the recording of a session.
    func noteRefusal(of session: SessionID) {
        state.withLock { $0.sessions[session]?.isRecordingRefused = true }
    }

    /// How the recordings that are being written in a conference fare.
    func recordings(in conference: ConferenceID) -> [RecordingState] {
        let running = state.withLock { $0.sessions.values.filter { $0.session.conference == conference }.compactMap(\.recording) }
        return running.map(\.writer.state)
    }

    /// Keeps in mind how the disk stands to the programme of a conference.
    func note(_ forecast: DiskForecast, for conference: ConferenceID) {
        state.withLock { $0.lacksSpace[conference] = !forecast.fits }
    }

    /// The recording that a session makes now.
    func recording(of session: SessionID) -> RecordingInProgress? {
        state.withLock { $0.sessions[session]?.recording }
    }

    /// Whether anything of the chunk is of a time when a moderator had the session's recording paused.
    func isPaused(_ session: SessionID, during chunk: Chunk) -> Bool {
        state.withLock { $0.sessions[session]?.pauses.cover(chunk) ?? false }
    }

    /// The alarms of each running session that is to be recorded.
    var recordingAlarms: [(Session, Set<RecordingAlarm>)] {
        let (running, lacksSpace) = state.withLock { state in
            (state.sessions.values.filter { $0.phase == .running && $0.session.isRecorded }, state.lacksSpace)
        }
        return running.map { live in
            (live.session, live.recordingAlarms(lacksSpace: lacksSpace[live.session.conference] ?? false))
        }
    }

    /// The session no longer makes this recording.
    func end(_ recording: RecordingID, of session: SessionID) {
        state.withLock { state in
            guard state.sessions[session]?.recording?.id == recording else { return }
            state.sessions[session]?.recording = nil
        }
    }

    /// The epoch of a session that starts or goes on after a restart, how far its line is ahead of the clock that times what
    /// arrives, and whether it is new.
    func epoch(of session: SessionID) async throws -> (SessionEpoch, shift: Duration, isNew: Bool) {
        let (wall, media) = (clock.now(), mediaClock.now())
        if let known = try await repositories.rooms.epoch(of: session) {
            return (known, shift: known.line(at: wall).since(media), isNew: false)
        }
        let epoch = SessionEpoch(session: session, number: 1, origin: wall)
        try await repositories.rooms.save(epoch)
        return (epoch, shift: wall.since(media), isNew: true)
    }
}

extension RoomDirectory.State {
    /// Which session has each room at `now`: one at a time, since the room has one feed. One that runs keeps it until it ends; where
    /// several could begin, a moderator's word counts before the clock, and the clock before the id.
    fileprivate func holders(of clock: SessionClock, now: UTCInstant) -> [RoomID: SessionID] {
        let due = sessions.values.filter { $0.due(clock, now: now) == .running }
        return Dictionary(grouping: due, by: \.session.room).compactMapValues { $0.min(by: Self.goesBefore)?.session.id }
    }

    private static func goesBefore(_ left: LiveSession, _ right: LiveSession) -> Bool {
        precedence(left) < precedence(right)
    }

    private static func precedence(_ live: LiveSession) -> (Int, Int, UTCInstant, SessionID) {
        (live.phase == .running ? 0 : 1, live.override == .open ? 0 : 1, live.session.startsAt, live.session.id)
    }
}
