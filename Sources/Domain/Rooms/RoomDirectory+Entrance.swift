package import Events
package import Identifiers
import Logging
import Programme
package import Registration
import Synchronization
import Time

/// How many are in a session, and how many wait for it.
package struct HeadCount: Hashable, Sendable {
    package let present: Int
    package let waiting: Int
}

/// Who comes into a session, and who waits for it.
extension RoomDirectory {
    package func entrance(of session: SessionID) -> Entrance {
        state.withLock { $0.sessions[session]?.entrance ?? Entrance() }
    }

    /// Which one in the line for a seat somebody is, from 1; nil where they wait for something else, or not at all.
    package func place(of participant: ParticipantID, inLineFor session: SessionID) -> Int? {
        let now = clock.now()
        let line = state.withLock { $0.sessions[session]?.line(now: now) ?? [] }
        return line.firstIndex(of: participant).map { $0 + 1 }
    }

    /// Who waits at the door, in the order in which they came.
    package func waiting(for session: SessionID) -> [Presence] {
        let now = clock.now()
        let waiting = state.withLock { $0.sessions[session]?.waiting.present(now: now) ?? [] }
        return waiting.sorted { ($0.since, $0.participant) < ($1.since, $1.participant) }
    }

    /// As it was up to a second ago.
    package func headCount(of session: SessionID) -> HeadCount? {
        let now = clock.now()
        return state.withLock { state in
            guard let present = state.sessions[session]?.attendance.recentCount(now: now),
                let waiting = state.sessions[session]?.waiting.recentCount(now: now)
            else { return nil }
            return HeadCount(present: present, waiting: waiting)
        }
    }

    /// Somebody new comes to the door, or asks there again. They are let in, and take their seat unless they only watch, where nothing is in their way;
    /// else they are in the line for as long as they go on asking.
    package func arrive(_ participant: Participant, at session: SessionID, onlyToWatch: Bool = false) async {
        let now = clock.now()
        let isLetIn = state.withLock { state in
            guard let live = state.sessions[session], live.phase != .ended else { return false }
            let isIn = live.admitted.contains(participant.id)
            let passes = live.entrance.letsPass(participant.organisation, participant.capacity)
            guard isIn || passes && (onlyToWatch || live.hasSeat(for: participant.id, now: now)) else {
                state.sessions[session]?.waiting.enter(participant, now: now)
                return false
            }
            state.sessions[session]?.waiting.leave(participant.id)
            if !onlyToWatch { state.sessions[session]?.attendance.enter(participant, now: now) }
            return true
        }
        if isLetIn { await letIn([participant.id], to: session) }
    }

    /// Notes who is let in, once and for all. What cannot be kept is logged: then they are in until the program starts again.
    func letIn(_ participants: [ParticipantID], to session: SessionID) async {
        let new = state.withLock { state in
            let new = Set(participants).subtracting(state.sessions[session]?.admitted ?? [])
            state.sessions[session]?.admitted.formUnion(new)
            return new
        }
        guard !new.isEmpty else { return }
        do {
            try await repositories.rooms.admit(new, to: session, at: clock.now())
        } catch {
            ledger.logger.error("an admission was not kept", metadata: ["session": "\(session)", "error": "\(error)"])
        }
    }
}

// MARK: - What moderators do

extension RoomDirectory {
    /// Who is in the session stays there; who waits comes in where nothing is in the way any more.
    package func setEntrance(_ entrance: Entrance, of session: SessionID, by actor: AuditActor) async throws {
        guard let live = live(session), live.entrance != entrance else { return }
        try await record(.entranceSet, live.session, actor, [], entrance)
        try await repositories.rooms.save(entrance, of: session)
        state.withLock { $0.sessions[session]?.entrance = entrance }
        let facts = Facts.Entrance(lobby: entrance.hasLobby, locked: entrance.isLocked, seats: entrance.seats)
        await ledger.tell(EventDraft(.entranceChanged, in: live.session, to: .participants, facts))
    }

    /// Lets people past lobby and lock; who is not at the door yet comes in when they come.
    package func admit(_ participants: [ParticipantID], to session: SessionID, by actor: AuditActor) async throws {
        guard let live = live(session), !participants.isEmpty else { return }
        try await record(.participantAdmitted, live.session, actor, participants.map(\.description), Facts.Nothing())
        await letIn(participants, to: session)
        for participant in participants {
            let facts = Facts.Admitted(participant: participant)
            await ledger.tell(EventDraft(.participantAdmitted, in: live.session, to: .moderatorsAnd(participant), facts))
        }
    }
}
