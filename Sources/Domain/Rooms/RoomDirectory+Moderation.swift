package import Events
package import Identifiers
package import Programme
import Synchronization
import Time

/// What moderators do. Each act is on the audit log before it takes effect, and told afterwards.
extension RoomDirectory {
    /// Opens or closes a session against the clock, or, with nil, hands it back to the clock. `Conductor` carries it out within
    /// a second.
    ///
    /// - Throws: `.roomInUse` where a session is to be opened while another runs in its room.
    package func setOverride(
        _ override: SessionOverride?, of session: SessionID, reason: String, by actor: AuditActor
    ) async throws {
        guard let live = live(session) else { return }
        if override == .open { try checkRoom(of: live.session) }
        let kind: AuditKind = override == .closed ? .sessionClosed : .sessionOpened
        try await record(kind, live.session, actor, [], Facts.Reason(reason: reason))
        try await repositories.programme.setOverride(override, of: session)
        state.withLock { $0.sessions[session]?.override = override }
    }

    private func checkRoom(of session: Session) throws(RoomError) {
        let other = state.withLock { state in
            state.sessions.values.first {
                $0.session.room == session.room && $0.session.id != session.id && $0.phase == .running
            }?.session
        }
        guard let other else { return }
        let title = other.title.text(in: ["en"]).text
        throw RoomError(
            .roomInUse, "“\(title)” (\(other.id)) runs in this room. Close it first: a room has one session at a time.")
    }

    func live(_ session: SessionID) -> LiveSession? {
        state.withLock { $0.sessions[session] }
    }

    func record(
        _ kind: AuditKind, _ session: Session, _ actor: AuditActor, _ objects: [String], _ details: some Encodable
    ) async throws {
        try await ledger.record(
            AuditDraft(
                kind, conference: session.conference, actor: actor, objects: [session.id.description] + objects,
                details: Facts.text(details)))
    }
}

// MARK: - Recording

extension RoomDirectory {
    /// Keeps nothing more of a running session until `resumeRecording`, also across a restart; it goes on live. Nothing happens
    /// where it is paused already.
    ///
    /// - Throws: `.notRecorded` where it is not running, or is not recorded.
    package func pauseRecording(of session: SessionID, reason: String, by actor: AuditActor) async throws {
        try await setPaused(true, session, reason, actor)
    }

    /// Goes on with the recording; what came meanwhile is a gap that says so.
    ///
    /// - Throws: `.notRecorded` where it is not running, or is not recorded.
    package func resumeRecording(of session: SessionID, reason: String, by actor: AuditActor) async throws {
        try await setPaused(false, session, reason, actor)
    }

    private func setPaused(_ isPaused: Bool, _ id: SessionID, _ reason: String, _ actor: AuditActor) async throws {
        guard let live = live(id), live.phase == .running, live.session.isRecorded else {
            throw RoomError(.notRecorded, "Only a running session that is to be recorded can be paused in its recording.")
        }
        guard live.pauses.isPaused != isPaused else { return }
        let facts = Facts.Reason(reason: reason)
        try await record(isPaused ? .recordingPaused : .recordingResumed, live.session, actor, [], facts)
        if isPaused { setPause(of: id, isPaused) }
        try await repositories.rooms.setPaused(isPaused, recordingOf: id)
        if !isPaused { setPause(of: id, isPaused) }
        await ledger.tell(EventDraft(isPaused ? .recordingPaused : .recordingResumed, in: live.session, to: .participants, facts))
    }

    /// A pause counts before it is stored, its end only afterwards: where the disk fails, less is kept, not more.
    private func setPause(of session: SessionID, _ isPaused: Bool) {
        let now = mediaClock.now()
        state.withLock { state in
            let line = now.advanced(by: state.sessions[session]?.media?.shift ?? .zero)
            if isPaused { state.sessions[session]?.pauses.begin(at: line) } else { state.sessions[session]?.pauses.end(at: line) }
        }
    }
}
