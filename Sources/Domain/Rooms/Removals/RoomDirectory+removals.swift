package import Access
package import Events
package import Identifiers
import Programme
import Synchronization
import Time

/// Whom moderators keep out. Each act is on the audit log before it takes effect, and told afterwards.
extension RoomDirectory {
    /// Removes a participant from a session, or from all sessions of its conference: their passes are void at once, and they cannot
    /// come back until a moderator readmits them. Nothing happens where they are kept out of as much already.
    ///
    /// - Returns: what stands in the ledger; nil where there is no such session.
    @discardableResult
    package func remove(
        _ participant: ParticipantID, from session: SessionID, extent: RemovalExtent = .session, reason: String,
        by actor: AuditActor
    ) async throws -> Removal? {
        guard let live = live(session) else { return nil }
        if let known = removals(of: participant, from: session).first, known.extent == .conference || extent == .session {
            return known
        }
        let (audit, event): (AuditKind, EventKind) =
            extent == .conference ? (.participantBanned, .participantBanned) : (.participantRemoved, .participantRemoved)
        try await record(audit, live.session, actor, [participant.description], Facts.Reason(reason: reason))
        let removal = try await repositories.rooms.add(
            RemovalDraft(
                session: session, participant: participant, extent: extent, reason: reason, actor: actor, instant: clock.now()))
        state.withLock { $0.enforce(removal) }
        tellRevocation()
        await ledger.tell(EventDraft(event, of: removal, Facts.Removed(participant: participant, reason: reason)))
        return removal
    }

    /// Lets the participant come in again to what the removal kept them out of. Nothing happens where somebody has before.
    ///
    /// - Throws: `.ownRemoval` where somebody would readmit themselves.
    package func readmit(_ removal: Removal, by actor: AuditActor) async throws {
        guard removal.readmission == nil else { return }
        guard actor != .participant(removal.participant) else {
            throw RoomError(.ownRemoval, "Nobody readmits themselves. Ask another moderator.")
        }
        try await ledger.record(
            AuditDraft(
                .participantReadmitted, conference: removal.conference, actor: actor,
                objects: [removal.session.description, removal.participant.description], details: Facts.text(Facts.Nothing())))
        try await repositories.rooms.note(Readmission(actor: actor, instant: clock.now()), of: removal)
        state.withLock { $0.lift(removal) }
        await ledger.tell(
            EventDraft(.participantReadmitted, of: removal, Facts.Readmitted(participant: removal.participant)))
    }

    /// Who is kept out of a session, of it alone or of the whole conference; the earliest first.
    package func removals(from session: SessionID) -> [Removal] {
        let removals = state.withLock { state in
            guard let live = state.sessions[session] else { return [Removal]() }
            return live.removals.merging(state.bans[live.session.conference] ?? [:]) { _, ban in ban }.map(\.value)
        }
        return removals.sorted { $0.number < $1.number }
    }

    /// What keeps a participant out of a session; what keeps them out of the whole conference first.
    package func removals(of participant: ParticipantID, from session: SessionID) -> [Removal] {
        state.withLock { state in
            guard let live = state.sessions[session] else { return [] }
            return [state.bans[live.session.conference]?[participant], live.removals[participant]].compactMap { $0 }
        }
    }
}

extension RoomDirectory.State {
    /// What keeps a participant out of a session; nil where nothing does.
    func removal(of participant: ParticipantID, from session: SessionID) -> Removal? {
        sessions.index(forKey: session).flatMap { removal(of: participant, from: $0) }
    }

    /// As above, where the session's place is known: a session is much to copy for every request.
    func removal(of participant: ParticipantID, from place: [SessionID: LiveSession].Index) -> Removal? {
        sessions.values[place].removals[participant] ?? bans[sessions.values[place].session.conference]?[participant]
    }

    mutating func enforce(_ removal: Removal) {
        switch removal.extent {
        case .session:
            sessions[removal.session]?.removals[removal.participant] = removal
            sessions[removal.session]?.forget(removal.participant)
        case .conference:
            bans[removal.conference, default: [:]][removal.participant] = removal
            for (id, live) in sessions where live.session.conference == removal.conference {
                sessions[id]?.forget(removal.participant)
            }
        }
    }

    /// Takes those that were read with the programme. What stands here already may be newer than they are.
    mutating func enforce(_ read: [Removal], of conference: ConferenceID, newTo sessions: Set<SessionID>) {
        let isNew = bans[conference] == nil
        bans[conference] = bans[conference] ?? [:]
        for removal in read where removal.extent == .conference ? isNew : sessions.contains(removal.session) { enforce(removal) }
    }

    mutating func lift(_ removal: Removal) {
        switch removal.extent {
        case .session: sessions[removal.session]?.removals[removal.participant] = nil
        case .conference: bans[removal.conference]?[removal.participant] = nil
        }
    }
}

extension EventDraft {
    /// What concerns the whole conference is told in all its sessions.
    fileprivate init(_ kind: EventKind, of removal: Removal, _ facts: some Encodable) {
        self.init(
            kind, conference: removal.conference, session: removal.extent == .conference ? nil : removal.session,
            visibility: .moderatorsAnd(removal.participant), data: Facts.text(facts))
    }
}
