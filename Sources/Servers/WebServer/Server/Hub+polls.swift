import Access
import Discussion
import Identifiers
import Programme
import Registration
import Rooms

/// What the room is asked, from the API and from forms alike.
extension Hub {
    /// Those that the asker may see, in the order in which they were drafted.
    func polls(in state: Rooms.SessionState, for identity: Identity) async throws -> [Poll] {
        let moderates = try permitReading(identity, in: state)
        return try await polls.polls(in: state.session.id, for: voter(identity, in: state), withDrafts: moderates)
    }

    /// One that the asker may see.
    func poll(named name: String?, in state: Rooms.SessionState, for identity: Identity) async throws -> Poll {
        let moderates = try permitReading(identity, in: state)
        guard let id = name.flatMap(PollID.init), let poll = try await polls.poll(id, for: voter(identity, in: state)),
            poll.place.session == state.session.id, moderates || poll.state != .draft
        else { throw Problem(.notFound, "There is no such poll in this session.") }
        return poll
    }

    /// - Returns: how many have voted.
    func cast(
        _ choices: [Int], inPoll name: String?, of state: Rooms.SessionState, by identity: Identity
    ) async throws -> Int {
        try permit(identity, .enterSession, on: object(state))
        guard state.phase != .ended else { throw Refusal.sessionEnded }
        let voter = try await participant(identity, in: state.session.conference)
        let poll = try await poll(named: name, in: state, for: identity)
        return try await Self.taking { try await polls.cast(choices, in: poll, by: voter.id) }
    }

    private func voter(_ identity: Identity, in state: Rooms.SessionState) -> ParticipantID? {
        identity.subject.participation(in: state.session.conference)?.participant
    }
}
