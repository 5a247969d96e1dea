import Access
import Discussion
import Events
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/sessions/{session}/chat` and its like: what moderators do with a forum as a whole.
struct ForumsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        for forum in Forum.allCases {
            let path = "sessions/{session}/\(forum.rawValue)"
            api.patch("\(path)") { try await change(forum, $0, $1) }
            api.delete("\(path)") { try await clear(forum, $0, $1) }
            api.get("\(path)/export") { try await export(forum, $0, $1) }
        }
    }

    private func change(_ forum: Forum, _ request: Request, _ context: WebContext) async throws -> Response {
        let (state, actor) = try conducted(context)
        let order = try await request.json(as: ForumOrder.self, context: context)
        try await hub.discussion.forums.setOpen(order.isOpen, forum, in: state.session, by: actor)
        return Response(status: .noContent)
    }

    private func clear(_ forum: Forum, _ request: Request, _ context: WebContext) async throws -> Response {
        let (state, actor) = try conducted(context)
        try await hub.clear(forum, of: state.session, by: actor)
        return Response(status: .noContent)
    }

    private func export(_ forum: Forum, _ request: Request, _ context: WebContext) async throws -> Response {
        let (state, actor) = try conducted(context)
        let format = try request.exportFormat
        try await hub.discussion.forums.noteExport(of: forum, in: state.session, by: actor)
        return try await hub.export(forum, of: state.session, as: format ?? .csv)
    }

    private func conducted(_ context: WebContext) throws -> (Rooms.SessionState, AuditActor) {
        let state = try hub.session(in: context.parameters)
        return (state, try hub.actor(context.identity, .conductSession, on: hub.object(state)))
    }
}

struct ForumOrder: Decodable {
    let isOpen: Bool
}

enum ExportFormat: String {
    case csv, json
}

extension Request {
    /// What the query asks for; nil where it asks for nothing.
    var exportFormat: ExportFormat? {
        get throws(Problem) {
            guard let text = uri.queryParameters["format"] else { return nil }
            guard let format = ExportFormat(rawValue: String(text))
            else { throw Problem(.invalidRequest, "“format” is “csv” or “json”.") }
            return format
        }
    }
}

extension Hub {
    func clear(_ forum: Forum, of session: Session, by actor: AuditActor) async throws {
        switch forum {
        case .chat: try await chat.clear(session, by: actor)
        case .questions: try await questions.clear(session, by: actor)
        case .hands: try await hands.clear(session, by: actor)
        case .polls: try await polls.clear(session, by: actor)
        }
    }

    /// All of it, what is hidden too.
    fileprivate func export(_ forum: Forum, of session: Session, as format: ExportFormat) async throws -> Response {
        let name = "\(forum.rawValue)-\(session.id).\(format.rawValue)"
        switch forum {
        case .chat:
            let messages = try await chat.messages(in: session.id, limit: ChatMessage.most, withHidden: true)
            if format == .csv { return CSVText(messages).response(named: name) }
            return try JSON.download(["messages": messages.map(ChatMessageAnswer.init(_:))], named: name)
        case .questions:
            let questions = try await questions.questions(in: session.id, for: nil, withAll: true)
            if format == .csv { return CSVText(questions).response(named: name) }
            return try JSON.download(["questions": questions.map(QuestionAnswer.init(_:))], named: name)
        case .hands:
            let hands = hands.hands(in: session.id)
            if format == .csv { return CSVText(hands).response(named: name) }
            return try JSON.download(["hands": hands.map(HandAnswer.init(_:))], named: name)
        case .polls:
            let polls = try await polls.polls(in: session.id, for: nil, withDrafts: true)
            if format == .csv { return CSVText(polls).response(named: name) }
            var exports: [PollExport] = []
            for poll in polls { exports.append(PollExport(poll, try await self.polls.namedBallots(of: poll))) }
            return try JSON.download(["polls": exports], named: name)
        }
    }
}

extension JSON {
    fileprivate static func download(_ value: some Encodable, named name: String) throws -> Response {
        var response = try response(value)
        response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        return response
    }
}

extension CSVText {
    fileprivate init(_ messages: [ChatMessage]) {
        self.init(["at", "participant", "name", "organisation", "text", "hidden"])
        for message in messages {
            add([
                message.at.text, message.author.description, message.name, message.organisation, message.text,
                message.isHidden ? "yes" : "no",
            ])
        }
    }

    fileprivate init(_ questions: [Question]) {
        self.init(["at", "participant", "name", "organisation", "text", "standing", "votes"])
        for question in questions {
            add([
                question.at.text, question.author.description, question.name, question.organisation, question.text,
                question.standing.rawValue, "\(question.votes)",
            ])
        }
    }

    fileprivate init(_ hands: [Hand]) {
        self.init(["at", "participant", "name", "organisation", "called"])
        for hand in hands {
            add([
                hand.at.text, hand.participant.description, hand.name, hand.organisation, hand.isCalled ? "yes" : "no",
            ])
        }
    }

    /// A row for each choice; the votes of a poll that is not closed yet stay empty.
    fileprivate init(_ polls: [Poll]) {
        self.init(["poll", "at", "text", "several", "anonymous", "state", "ballots", "choice", "votes"])
        for poll in polls {
            for choice in poll.choices {
                add([
                    poll.id.description, poll.at.text, poll.text, poll.takesSeveral ? "yes" : "no",
                    poll.isAnonymous ? "yes" : "no",
                    poll.state.rawValue, "\(poll.ballots)", choice.text,
                    poll.showsVotes(toModerator: true) ? "\(choice.votes)" : "",
                ])
            }
        }
    }
}
