import Access
import Discussion
import Identifiers
import Programme
import Registration
import Rooms

/// Whose hands are up in a session, from the API and from forms alike.
extension Hub {
    /// For moderators the whole line, the first to raise it first; for everybody else their own.
    func hands(in state: Rooms.SessionState, for identity: Identity) throws(Refusal) -> [Hand] {
        let moderates = try permitReading(identity, in: state)
        let own = identity.subject.participation(in: state.session.conference)?.participant
        return hands.hands(in: state.session.id).filter { moderates || $0.participant == own }
    }

    func raiseHand(of identity: Identity, in state: Rooms.SessionState) async throws -> Hand {
        try permit(identity, .enterSession, on: object(state))
        guard state.phase != .ended else { throw Refusal.sessionEnded }
        let participant = try await participant(identity, in: state.session.conference)
        return try await Self.taking { try await hands.raise(in: state.session, by: participant) }
    }

    func lowerHand(of identity: Identity, in state: Rooms.SessionState) async throws {
        try permit(identity, .enterSession, on: object(state))
        let participant = try await participant(identity, in: state.session.conference)
        try await hands.lower(participant.id, in: state.session.id)
    }

    /// Somebody whose hand is up.
    func handRaiser(named name: String?, in state: Rooms.SessionState) throws(Problem) -> ParticipantID {
        guard let id = name.flatMap(ParticipantID.init), hands.hand(of: id, in: state.session.id) != nil
        else { throw Problem(.notFound, "There is no such hand up in this session.") }
        return id
    }
}
