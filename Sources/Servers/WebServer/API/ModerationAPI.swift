import Access
import Events
import Hummingbird
import Identifiers
import Programme
import Registration
import Rooms
import Time

/// What moderators do in a session, and who is in it.
struct ModerationAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/people", use: people)
        api.post("sessions/{session}/open") { try await conduct(.open, $0, $1) }
        api.post("sessions/{session}/close") { try await conduct(.closed, $0, $1) }
        api.post("sessions/{session}/clock") { try await conduct(nil, $0, $1) }
    }

    @Sendable private func people(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let object = hub.object(state)
        try hub.permit(context.identity, .seePeople, on: object)
        let people = hub.rooms.people(in: state.session.id).map(PeopleAnswer.Person.init(_:))
        guard hub.allows(context.identity, .removePeople, on: object) else {
            return try JSON.response(PeopleAnswer(people: people))
        }
        let removed = hub.rooms.removals(from: state.session.id).map(PeopleAnswer.Person.init(_:))
        return try JSON.response(PeopleAnswer(people: people, removed: removed))
    }

    /// Opens or closes the session against the programme, or hands it back to it. It is carried out within a second.
    private func conduct(
        _ override: SessionOverride?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let order = try await request.json(as: ConductOrder.self, context: context)
        try await hub.conduct(state, override, reason: order.reason, by: actor)
        return try JSON.response(SessionAnswer(try hub.session(in: context.parameters)), status: .accepted)
    }
}

struct ConductOrder: Decodable {
    let reason: String
}

struct PeopleAnswer: Encodable {
    let people: [Person]
    /// Told to those who may readmit.
    var removed: [Person]?

    struct Person: Encodable {
        let participant: ParticipantID
        let name: String
        let organisation: String
        let capacity: Capacity
        /// When they came in; absent for who was removed.
        let since: UTCInstant?
        /// Why, from what, and when, they were removed; absent for who is present.
        let reason: String?
        let extent: RemovalExtent?
        let removedAt: UTCInstant?

        init(_ presence: Presence) {
            (participant, name, organisation) = (presence.participant, presence.name, presence.organisation)
            (capacity, since) = (presence.capacity, presence.since)
            (reason, extent, removedAt) = (nil, nil, nil)
        }

        init(_ removal: Removal) {
            (participant, name, organisation) = (removal.participant, removal.name, removal.organisation)
            (capacity, since) = (removal.capacity, nil)
            (reason, extent, removedAt) = (removal.reason, removal.extent, removal.instant)
        }
    }
}
