import Access
import Discussion
import Hummingbird
import Identifiers
import Programme
import Rooms

/// The forms of the questions, for those without scripts.
struct QuestionForms {
    let hub: Hub

    private struct AskForm: Decodable {
        let text: String
    }

    private struct QuestionForm: Decodable {
        let question: String
    }

    private enum Act: String, CaseIterable {
        case approve, answer, dismiss, hide, delete

        /// Nil where there is no question any more.
        var standing: Question.Standing? {
            switch self {
            case .approve: .approved
            case .answer: .answered
            case .dismiss: .dismissed
            case .hide: .hidden
            case .delete: nil
            }
        }
    }

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.post("sessions/{session}/questions", use: ask)
        pages.post("sessions/{session}/questions/vote") { try await setVote(true, $0, $1) }
        pages.post("sessions/{session}/questions/withdraw") { try await setVote(false, $0, $1) }
        for act in Act.allCases {
            pages.post("sessions/{session}/questions/\(act.rawValue)") { try await moderate(act, $0, $1) }
        }
    }

    @Sendable private func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: AskForm.self, context: context)
        _ = try await hub.ask(form.text, in: state, by: context.identity)
        return back(to: state)
    }

    private func setVote(_ wants: Bool, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: QuestionForm.self, context: context)
        _ = try await hub.setVote(wants, forQuestion: form.question, in: state, by: context.identity)
        return back(to: state)
    }

    private func moderate(_ act: Act, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: QuestionForm.self, context: context)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let question = try await hub.question(named: form.question, in: state, for: context.identity)
        if let standing = act.standing {
            try await Hub.taking { try await hub.questions.setStanding(standing, of: question, by: actor) }
        } else {
            try await hub.questions.delete(question, by: actor)
        }
        return .redirect(to: "\(state.consolePath)#questions", type: .normal)
    }

    private func back(to state: Rooms.SessionState) -> Response {
        .redirect(to: "/sessions/\(state.session.id)/live#questions", type: .normal)
    }
}

extension Hub {
    func questionsInRoom(of state: Rooms.SessionState, _ reader: Reader) async throws -> QuestionsInRoom {
        let moderates = allows(reader.identity, .conductSession, on: object(state))
        let participant = reader.identity.subject.participation(in: state.session.conference)?.participant
        let questions = try await questions.questions(in: state.session.id, for: participant, withAll: moderates)
        return QuestionsInRoom(
            questions: questions.map { QuestionsInRoom.Row($0, isOwn: $0.author == participant) },
            forum: try await forumInRoom(.questions, of: state, moderates))
    }
}

extension QuestionsInRoom.Row {
    fileprivate init(_ question: Question, isOwn: Bool) {
        self.init(
            id: question.id.description, isOwn: isOwn, name: question.name,
            organisation: question.organisation, at: question.at, text: question.text, standing: question.standing.rawValue,
            votes: question.votes, hasOwnVote: question.hasOwnVote)
    }
}
