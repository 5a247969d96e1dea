import Access
import Discussion
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/announcements`: what moderators tell everybody in a session, or in all rooms.
struct AnnouncementsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/announcements", use: list)
        api.post("sessions/{session}/announcements", use: announce)
        api.post("conferences/{conference}/announcements", use: announceToAll)
        api.delete("conferences/{conference}/announcements/{announcement}", use: withdraw)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let announcements = try await hub.announcements(in: state, for: context.identity)
        return try JSON.response(["announcements": announcements.map(AnnouncementAnswer.init(_:))])
    }

    @Sendable private func announce(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try hub.permit(context.identity, .conductSession, on: hub.object(state))
        let order = try await request.json(as: AnnouncementOrder.self, context: context)
        return try answer(try await hub.announce(order.text, in: state, by: context.identity))
    }

    @Sendable private func announceToAll(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .conductSession, on: .conference(conference.id))
        let order = try await request.json(as: AnnouncementOrder.self, context: context)
        return try answer(try await hub.announce(order.text, inAllRoomsOf: conference.id, by: context.identity))
    }

    @Sendable private func withdraw(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try await hub.withdraw(context.parameters.get("announcement"), in: conference.id, by: context.identity)
        return Response(status: .noContent)
    }

    private func answer(_ announcement: Announcement) throws -> Response {
        var response = try JSON.response(AnnouncementAnswer(announcement), status: .created)
        response.headers[.location] = "/api/v1/conferences/\(announcement.conference)/announcements/\(announcement.id)"
        return response
    }
}

struct AnnouncementOrder: Decodable {
    let text: String
}

struct AnnouncementAnswer: Encodable {
    let announcement: AnnouncementID
    let isForAllRooms: Bool
    let at: UTCInstant
    let text: String

    init(_ announcement: Announcement) {
        (self.announcement, isForAllRooms) = (announcement.id, announcement.session == nil)
        (at, text) = (announcement.at, announcement.text)
    }
}
