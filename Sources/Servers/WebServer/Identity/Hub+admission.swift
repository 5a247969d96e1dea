import Access
import Programme
import Registration
import Rooms

extension Hub {
    /// Lets whoever asks into a session: pages and API call it alike.
    func admit(_ identity: Identity, to state: Rooms.SessionState) async throws -> Admission {
        try permit(identity, .enterSession, on: object(state))
        guard let participation = identity.subject.participation(in: state.session.conference),
            let participant = try await registration.participant(participation.participant)
        else { throw Refusal.notRegistered }
        return try await rooms.admit(participant, to: state.session.id)
    }
}
