import Access
import Discussion
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/sessions/{session}/questions`: what people ask, and the votes for it.
struct QuestionsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/questions", use: read)
        api.post("sessions/{session}/questions", use: ask)
        api.patch("sessions/{session}/questions/{question}", use: setStanding)
        api.delete("sessions/{session}/questions/{question}", use: delete)
        api.put("sessions/{session}/questions/{question}/vote") { try await setVote(true, $0, $1) }
        api.delete("sessions/{session}/questions/{question}/vote") { try await setVote(false, $0, $1) }
    }

    @Sendable private func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let questions = try await hub.questions(in: state, for: context.identity)
        return try JSON.response(
            QuestionsAnswer(
                isOpen: try await hub.discussion.forums.isOpen(.questions, in: state.session.id),
                questions: questions.map(QuestionAnswer.init(_:))))
    }

    @Sendable private func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let order = try await request.json(as: QuestionOrder.self, context: context)
        let question = try await hub.ask(order.text, in: state, by: context.identity)
        return try JSON.response(QuestionAnswer(question), status: .created)
    }

    private func setVote(_ wants: Bool, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let votes = try await hub.setVote(wants, forQuestion: context.parameters.get("question"), in: state, by: context.identity)
        return try JSON.response(VotesAnswer(votes: votes, hasOwnVote: wants))
    }

    @Sendable private func setStanding(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let order = try await request.json(as: StandingOrder.self, context: context)
        let question = try await hub.question(named: context.parameters.get("question"), in: state, for: context.identity)
        try await Hub.taking { try await hub.questions.setStanding(order.standing, of: question, by: actor) }
        return Response(status: .noContent)
    }

    @Sendable private func delete(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let question = try await hub.question(named: context.parameters.get("question"), in: state, for: context.identity)
        try await hub.questions.delete(question, by: actor)
        return Response(status: .noContent)
    }
}

struct QuestionOrder: Decodable {
    let text: String
}

struct StandingOrder: Decodable {
    let standing: Question.Standing
}

struct VotesAnswer: Encodable {
    let votes: Int
    let hasOwnVote: Bool
}

struct QuestionsAnswer: Encodable {
    let isOpen: Bool
    let questions: [QuestionAnswer]
}

struct QuestionAnswer: Encodable {
    let question: QuestionID
    let participant: ParticipantID
    let name: String
    let organisation: String
    let at: UTCInstant
    let text: String
    let standing: Question.Standing
    let votes: Int
    let hasOwnVote: Bool

    init(_ question: Question) {
        (self.question, participant, name) = (question.id, question.author, question.name)
        (organisation, at, text) = (question.organisation, question.at, question.text)
        (standing, votes, hasOwnVote) = (question.standing, question.votes, question.hasOwnVote)
    }
}
