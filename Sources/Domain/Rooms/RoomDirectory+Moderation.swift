package import Events
package import Identifiers
package import Programme
import Synchronization
import Time

/// What moderators do. Each act is on the audit log before it takes effect, and told afterwards.
extension RoomDirectory {
    /// Removes a participant from a session: their pass is void at once, and they cannot come back until readmitted.
    package func remove(
        _ participant: ParticipantID, from session: SessionID, reason: String, by actor: AuditActor
    ) async throws {
        guard let live = live(session) else { return }
        let removal = Removal(
            session: session, participant: participant, reason: reason, actor: actor.id, instant: clock.now())
        try await record(.participantRemoved, live.session, actor, [participant.description], Facts.Reason(reason: reason))
        try await repositories.rooms.add(removal)
        state.withLock { state in
            state.sessions[session]?.removals[participant] = removal
            state.sessions[session]?.attendance.leave(participant)
        }
        let facts = Facts.Removed(participant: participant, reason: reason)
        await ledger.tell(EventDraft(.participantRemoved, in: live.session, to: .moderatorsAnd(participant), facts))
    }

    /// Lets a removed participant come back.
    package func readmit(_ participant: ParticipantID, to session: SessionID, by actor: AuditActor) async throws {
        guard let live = live(session), live.removals[participant] != nil else { return }
        try await record(.participantReadmitted, live.session, actor, [participant.description], Facts.Nothing())
        try await repositories.rooms.readmit(participant, to: session)
        state.withLock { $0.sessions[session]?.removals[participant] = nil }
        let facts = Facts.Readmitted(participant: participant)
        await ledger.tell(EventDraft(.participantReadmitted, in: live.session, to: .moderatorsAnd(participant), facts))
    }

    /// Opens or closes a session against the clock, or, with nil, hands it back to the clock. `Conductor` carries it out within
    /// a second.
    package func setOverride(
        _ override: SessionOverride?, of session: SessionID, reason: String, by actor: AuditActor
    ) async throws {
        guard let live = live(session) else { return }
        let kind: AuditKind = override == .closed ? .sessionClosed : .sessionOpened
        try await record(kind, live.session, actor, [], Facts.Reason(reason: reason))
        try await repositories.programme.setOverride(override, of: session)
        state.withLock { $0.sessions[session]?.override = override }
    }

    private func live(_ session: SessionID) -> LiveSession? {
        state.withLock { $0.sessions[session] }
    }

    private func record(
        _ kind: AuditKind, _ session: Session, _ actor: AuditActor, _ objects: [String], _ details: some Encodable
    ) async throws {
        try await ledger.record(
            AuditDraft(
                kind, conference: session.conference, actor: actor, objects: [session.id.description] + objects,
                details: Facts.text(details)))
    }
}
