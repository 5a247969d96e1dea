import Access
import Discussion
import Hummingbird
import Identifiers
import Programme
import Rooms

/// The chat's forms, for those without scripts.
struct ChatForms {
    let hub: Hub

    /// Messages that a page shows when it is opened.
    static let shown = 50

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.post("sessions/{session}/chat", use: post)
        for act in Act.allCases {
            pages.post("sessions/{session}/chat/\(act.rawValue)") { try await moderate(act, $0, $1) }
        }
    }

    private struct PostForm: Decodable {
        let text: String
    }

    private struct ActForm: Decodable {
        /// The message that it is about.
        let message: String
    }

    private enum Act: String, CaseIterable {
        case hide, show, delete
    }

    @Sendable private func post(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: PostForm.self, context: context)
        _ = try await hub.post(form.text, in: state, by: context.identity)
        return .redirect(to: "/sessions/\(state.session.id)/live#chat", type: .normal)
    }

    private func moderate(_ act: Act, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: ActForm.self, context: context)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let message = try await hub.chatMessage(named: form.message, in: state.session.id)
        switch act {
        case .hide, .show: try await hub.chat.setHidden(act == .hide, message, by: actor)
        case .delete: try await hub.chat.delete(message, by: actor)
        }
        return .redirect(to: "/rooms/\(state.session.room)/moderate#chat", type: .normal)
    }
}

extension Hub {
    func chatInRoom(of state: Rooms.SessionState, _ reader: Reader) async throws -> ChatInRoom {
        let moderates = allows(reader.identity, .conductSession, on: object(state))
        let messages = try await chat.messages(in: state.session.id, limit: ChatForms.shown, withHidden: moderates)
        return ChatInRoom(
            messages: messages.map(ChatInRoom.Message.init(_:)), forum: try await forumInRoom(.chat, of: state, moderates))
    }
}

extension ChatInRoom.Message {
    fileprivate init(_ message: ChatMessage) {
        self.init(
            id: message.id.description, name: message.name, organisation: message.organisation, at: message.at,
            text: message.text, isHidden: message.isHidden)
    }
}
