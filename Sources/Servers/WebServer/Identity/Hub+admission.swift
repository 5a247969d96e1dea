import Access
import Identifiers
import Programme
import Registration
import Rooms
import Time

extension Hub {
    /// Lets whoever asks into a session, into the line before it, or only watch it: pages and API call it alike.
    func admit(_ identity: Identity, to state: Rooms.SessionState) async throws -> Admission {
        if needsToArrive(identity, at: state) {
            await rooms.arrive(
                try await participant(identity, in: state.session.conference), at: state.session.id,
                onlyToWatch: watchesOnly(identity, state) != nil)
        }
        do {
            try permit(identity, .watchSession, on: object(state))
        } catch .waiting(.full) {
            throw Problem(.waiting(.full), place: place(identity, inLineFor: state))
        }
        let participant = try await participant(identity, in: state.session.conference)
        return try await rooms.admit(participant, to: state.session.id, onlyToWatch: watchesOnly(identity, state) != nil)
    }

    /// Whether the door has to look at them: where it keeps them out, and where seats are counted.
    private func needsToArrive(_ identity: Identity, at state: Rooms.SessionState) -> Bool {
        if wait(identity, at: object(state)) != nil { return true }
        guard rooms.entrance(of: state.session.id).seats != nil, watchesOnly(identity, state) == nil else { return false }
        return allows(identity, .watchSession, on: object(state))
    }

    private func place(_ identity: Identity, inLineFor state: Rooms.SessionState) -> Int? {
        identity.subject.participation(in: state.session.conference)
            .flatMap { rooms.place(of: $0.participant, inLineFor: state.session.id) }
    }

    /// Why somebody may not enter a session that they may watch; nil where they may do both, or neither.
    func watchesOnly(_ identity: Identity, _ state: Rooms.SessionState) -> Refusal? {
        let session = object(state)
        guard state.session.letsOthersWatch,
            case .refuse(.otherAudience(let audiences)) = decide(identity.subject, .enterSession, on: session, now: clock.now())
        else { return nil }
        return .otherAudience(audiences)
    }

    /// Why the asker has to wait for the session; nil where they need not, and where they may not even watch it.
    func wait(_ identity: Identity, at session: Object) -> WaitingReason? {
        guard case .refuse(.waiting(let reason)) = decide(identity.subject, .watchSession, on: session, now: clock.now())
        else { return nil }
        return reason
    }

    /// Whoever asks, as a participant of the conference.
    func participant(_ identity: Identity, in conference: ConferenceID) async throws -> Participant {
        guard let participation = identity.subject.participation(in: conference),
            let participant = try await registration.participant(participation.participant)
        else { throw Refusal.notRegistered }
        return participant
    }
}
