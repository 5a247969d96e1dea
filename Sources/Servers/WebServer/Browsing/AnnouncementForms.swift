import Access
import Discussion
import Hummingbird
import Identifiers
import Programme
import Rooms

/// The console's forms to announce something and to withdraw it, for those without scripts.
struct AnnouncementForms {
    let hub: Hub

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.post("sessions/{session}/announcements", use: announce)
        pages.post("sessions/{session}/announcements/withdraw", use: withdraw)
    }

    private struct Form: Decodable {
        let text: String
        /// Present for all rooms.
        let everywhere: String?
    }

    private struct WithdrawalForm: Decodable {
        let announcement: String
    }

    @Sendable private func announce(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: Form.self, context: context)
        if form.everywhere == nil {
            _ = try await hub.announce(form.text, in: state, by: context.identity)
        } else {
            _ = try await hub.announce(form.text, inAllRoomsOf: state.session.conference, by: context.identity)
        }
        return .redirect(to: "\(state.consolePath)#announcements", type: .normal)
    }

    @Sendable private func withdraw(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: WithdrawalForm.self, context: context)
        try await hub.withdraw(form.announcement, in: state.session.conference, by: context.identity)
        return .redirect(to: "\(state.consolePath)#announcements", type: .normal)
    }
}

extension Hub {
    /// None for those who may not hear them.
    func announcementsInRoom(of state: Rooms.SessionState, _ reader: Reader) async throws -> AnnouncementsInRoom {
        AnnouncementsInRoom(
            announcements: try await announcements(in: state, for: reader.identity), conference: state.session.conference,
            mayAnnounce: allows(reader.identity, .conductSession, on: object(state)),
            mayAnnounceEverywhere: allows(reader.identity, .conductSession, on: .conference(state.session.conference)))
    }
}
