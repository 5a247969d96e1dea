import Access
import Discussion
import Identifiers
import Programme
import Registration
import Rooms

/// What is asked in a session, from the API and from forms alike.
extension Hub {
    /// Those that the asker may see, with the most votes first.
    func questions(in state: Rooms.SessionState, for identity: Identity) async throws -> [Question] {
        let moderates = try permitReading(identity, in: state)
        return try await questions.questions(in: state.session.id, for: reader(identity, in: state), withAll: moderates)
    }

    /// One that the asker may see.
    func question(named name: String?, in state: Rooms.SessionState, for identity: Identity) async throws -> Question {
        let moderates = try permitReading(identity, in: state)
        let reader = reader(identity, in: state)
        guard let id = name.flatMap(QuestionID.init), let question = try await questions.question(id, for: reader),
            question.place.session == state.session.id, moderates || question.isVisible(to: reader)
        else { throw Problem(.notFound, "There is no such question in this session.") }
        return question
    }

    func ask(_ text: String, in state: Rooms.SessionState, by identity: Identity) async throws -> Question {
        try permit(identity, .enterSession, on: object(state))
        guard state.phase != .ended else { throw Refusal.sessionEnded }
        let author = try await participant(identity, in: state.session.conference)
        return try await Self.taking { try await questions.ask(text, in: state.session, by: author) }
    }

    /// - Returns: the votes that the question has.
    func setVote(
        _ wants: Bool, forQuestion name: String?, in state: Rooms.SessionState, by identity: Identity
    ) async throws -> Int {
        try permit(identity, .enterSession, on: object(state))
        guard state.phase != .ended else { throw Refusal.sessionEnded }
        let voter = try await participant(identity, in: state.session.conference)
        let question = try await question(named: name, in: state, for: identity)
        return try await Self.taking { try await questions.setVote(wants, for: question, by: voter.id) }
    }

    private func reader(_ identity: Identity, in state: Rooms.SessionState) -> ParticipantID? {
        identity.subject.participation(in: state.session.conference)?.participant
    }
}
