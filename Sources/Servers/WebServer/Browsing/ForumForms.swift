import Access
import Discussion
import Hummingbird
import Programme
import Rooms

/// The forms with which moderators open, close and clear the forums of a session, for those without scripts.
struct ForumForms {
    let hub: Hub

    private enum Act: String, CaseIterable {
        case open, close, clear
    }

    private struct Form: Decodable {}

    func addRoutes(to pages: RouterGroup<WebContext>) {
        for forum in Forum.allCases {
            for act in Act.allCases {
                pages.post("sessions/{session}/\(forum.rawValue)/\(act.rawValue)") { try await perform(act, forum, $0, $1) }
            }
        }
    }

    private func perform(_ act: Act, _ forum: Forum, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        _ = try await request.signedForm(as: Form.self, context: context)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        switch act {
        case .open, .close: try await hub.discussion.forums.setOpen(act == .open, forum, in: state.session, by: actor)
        case .clear: try await hub.clear(forum, of: state.session, by: actor)
        }
        return .redirect(to: "\(state.consolePath)#\(forum.rawValue)", type: .normal)
    }
}

extension Hub {
    func forumInRoom(_ forum: Forum, of state: Rooms.SessionState, _ moderates: Bool) async throws -> ForumInRoom {
        ForumInRoom(
            forum: forum.rawValue, isOpen: try await discussion.forums.isOpen(forum, in: state.session.id), mayModerate: moderates
        )
    }
}
