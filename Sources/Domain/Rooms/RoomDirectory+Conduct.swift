import Identifiers
import Programme
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
        _ sessions: [Session], of conference: ConferenceID, overrides: [SessionID: SessionOverride], removals: [Removal],
        revoked: [ParticipantID]
    ) {
        let now = clock.now()
        state.withLock { state in
            let kept = Set(sessions.map(\.id))
            for (id, live) in state.sessions where live.session.conference == conference && !kept.contains(id) {
                state.sessions[id]?.override = .closed
            }
            for session in sessions {
                var live = state.sessions[session.id] ?? LiveSession(session, clock: configuration.clock, now: now)
                live.session = session
                live.override = overrides[session.id]
                live.doorsOpenAt = configuration.clock.doorsOpenAt(session)
                state.sessions[session.id] = live
            }
            for removal in removals { state.sessions[removal.session]?.removals[removal.participant] = removal }
            state.revoked.formUnion(revoked)
        }
    }

    /// Moves every session to where it stands now and says which have come to another phase. Media whose time is over go.
    func advance() -> [PhaseChange] {
        let now = clock.now()
        return state.withLock { state in
            var changes: [PhaseChange] = []
            for id in state.sessions.keys {
                guard let before = state.sessions[id]?.phase,
                    let phase = state.sessions[id]?.advance(configuration.clock, now: now),
                    let session = state.sessions[id]?.session
                else { continue }
                changes.append(PhaseChange(session: session, before: before, phase: phase))
            }
            return changes.sorted { $0.session.startsAt < $1.session.startsAt }
        }
    }

    /// Whether a session is running by the clock or by a moderator's word.
    func isRunning(_ session: SessionID) -> Bool {
        let now = clock.now()
        return state.withLock { state in
            guard let live = state.sessions[session] else { return false }
            return configuration.clock.phase(of: live.session, override: live.override, now: now) == .running
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
        state.withLock { $0.sessions[session]?.recording = recording }
    }

    /// The session no longer makes this recording.
    func end(_ recording: RecordingID, of session: SessionID) {
        state.withLock { state in
            guard state.sessions[session]?.recording?.id == recording else { return }
            state.sessions[session]?.recording = nil
        }
    }

    /// The epoch of a session that starts or goes on after a restart, and whether it is new: when there was none, or when the
    /// wall clock stands before the origin of the one there was.
    func epoch(of session: SessionID) async throws -> (SessionEpoch, isNew: Bool) {
        let now = clock.now()
        let known = try await repositories.rooms.epoch(of: session)
        if let known, known.origin <= now { return (known, false) }
        let epoch = SessionEpoch(session: session, number: (known?.number ?? 0) + 1, origin: now)
        try await repositories.rooms.save(epoch)
        return (epoch, true)
    }
}
