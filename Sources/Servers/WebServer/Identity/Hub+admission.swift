import Access
import Identifiers
import Programme
import Registration
import Rooms
import Time

extension Hub {
    /// Lets whoever asks into a session, or only watch it: pages and API call it alike.
    func admit(_ identity: Identity, to state: Rooms.SessionState) async throws -> Admission {
        try permit(identity, .watchSession, on: object(state))
        let participant = try await participant(identity, in: state.session.conference)
        return try await rooms.admit(participant, to: state.session.id, onlyToWatch: watchesOnly(identity, state) != nil)
    }

    /// Why somebody may not enter a session that they may watch; nil where they may do both, or neither.
    func watchesOnly(_ identity: Identity, _ state: Rooms.SessionState) -> Refusal? {
        let session = object(state)
        guard state.session.letsOthersWatch,
            case .refuse(.otherAudience(let audiences)) = decide(identity.subject, .enterSession, on: session, now: clock.now())
        else { return nil }
        return .otherAudience(audiences)
    }

    /// Whoever asks, as a participant of the conference.
    func participant(_ identity: Identity, in conference: ConferenceID) async throws -> Participant {
        guard let participation = identity.subject.participation(in: conference),
            let participant = try await registration.participant(participation.participant)
        else { throw Refusal.notRegistered }
        return participant
    }
}
