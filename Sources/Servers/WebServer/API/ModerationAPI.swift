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
        api.post("sessions/{session}/removals", use: remove)
        api.delete("sessions/{session}/removals/{participant}", use: readmit)
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
        return try JSON.response(PeopleAnswer(people: people, removed: try await removed(from: state.session.id)))
    }

    @Sendable private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .removePeople, on: hub.object(state))
        let order = try await request.json(as: RemovalOrder.self, context: context)
        try await hub.remove(order.participant, from: state, reason: order.reason, by: actor)
        return Response(
            status: .created,
            headers: [.location: "/api/v1/sessions/\(state.session.id)/removals/\(order.participant)", .cacheControl: "no-store"])
    }

    @Sendable private func readmit(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .removePeople, on: hub.object(state))
        guard let participant = context.parameters.get("participant", as: ParticipantID.self)
        else { throw Problem(.notFound, "There is no such participant.") }
        try await hub.rooms.readmit(participant, to: state.session.id, by: actor)
        return Response(status: .noContent)
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

    private func removed(from session: SessionID) async throws -> [PeopleAnswer.Person] {
        var people: [PeopleAnswer.Person] = []
        for removal in hub.rooms.removals(from: session) {
            guard let participant = try await hub.registration.participant(removal.participant) else { continue }
            people.append(PeopleAnswer.Person(participant, removal))
        }
        return people
    }
}

struct RemovalOrder: Decodable {
    let participant: ParticipantID
    let reason: String
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
        /// Why, and when, they were removed; absent for who is present.
        let reason: String?
        let removedAt: UTCInstant?

        init(_ presence: Presence) {
            (participant, name, organisation) = (presence.participant, presence.name, presence.organisation)
            (capacity, since, reason, removedAt) = (presence.capacity, presence.since, nil, nil)
        }

        init(_ participant: Participant, _ removal: Removal) {
            (self.participant, name, organisation) = (participant.id, participant.name, participant.organisation)
            (capacity, since, reason, removedAt) = (participant.capacity, nil, removal.reason, removal.instant)
        }
    }
}
