import Access
import Discussion
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/sessions/{session}/chat`: what people write to everybody in a session.
struct ChatAPI {
    let hub: Hub

    /// Messages in one answer, where nothing else is asked for, and at most.
    private static let (page, longestPage) = (50, 200)

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/chat", use: read)
        api.post("sessions/{session}/chat/messages", use: post)
        api.patch("sessions/{session}/chat/messages/{message}", use: setHidden)
        api.delete("sessions/{session}/chat/messages/{message}", use: delete)
    }

    @Sendable private func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let moderates = try hub.permitReading(context.identity, in: state)
        let query = request.uri.queryParameters
        let before = try query["before"].map { text in
            guard let id = ChatMessageID(String(text)) else { throw Problem(.invalidRequest, "“before” is no id of a message.") }
            return id
        }
        let messages = try await hub.chat.messages(
            in: state.session.id, before: before, limit: try query.pageLength(Self.page, most: Self.longestPage),
            withHidden: moderates)
        return try JSON.response(
            ChatAnswer(
                isOpen: try await hub.discussion.forums.isOpen(.chat, in: state.session.id),
                messages: messages.map(ChatMessageAnswer.init(_:))))
    }

    @Sendable private func post(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let order = try await request.json(as: ChatPost.self, context: context)
        let message = try await hub.post(order.text, in: state, by: context.identity)
        return try JSON.response(ChatMessageAnswer(message), status: .created)
    }

    @Sendable private func setHidden(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let order = try await request.json(as: ChatMessageOrder.self, context: context)
        let message = try await hub.chatMessage(named: context.parameters.get("message"), in: state.session.id)
        try await hub.chat.setHidden(order.isHidden, message, by: actor)
        return Response(status: .noContent)
    }

    @Sendable private func delete(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let message = try await hub.chatMessage(named: context.parameters.get("message"), in: state.session.id)
        try await hub.chat.delete(message, by: actor)
        return Response(status: .noContent)
    }

}

struct ChatPost: Decodable {
    let text: String
}

struct ChatMessageOrder: Decodable {
    let isHidden: Bool
}

struct ChatAnswer: Encodable {
    let isOpen: Bool
    let messages: [ChatMessageAnswer]
}

struct ChatMessageAnswer: Encodable {
    let message: ChatMessageID
    let participant: ParticipantID
    let name: String
    let organisation: String
    let at: UTCInstant
    let text: String
    let isHidden: Bool

    init(_ message: ChatMessage) {
        (self.message, participant, name) = (message.id, message.author, message.name)
        (organisation, at, text, isHidden) = (message.organisation, message.at, message.text, message.isHidden)
    }
}
