import Access
import Events
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/removals`: whom moderators keep out, and the ledger of it (M-5).
struct RemovalsAPI {
    let hub: Hub

    /// Lines in one answer, where nothing else is asked for, and at most.
    private static let (page, longestPage) = (50, 200)

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.post("sessions/{session}/removals", use: remove)
        api.delete("sessions/{session}/removals/{participant}", use: readmitToSession)
        api.get("conferences/{conference}/removals", use: list)
        api.get("conferences/{conference}/removals/{removal}", use: get)
        api.post("conferences/{conference}/removals/{removal}/readmission", use: readmit)
    }

    @Sendable private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try hub.permit(context.identity, .removePeople, on: hub.object(state))
        let order = try await request.json(as: RemovalOrder.self, context: context)
        let removal = try await hub.remove(
            order.participant, from: state, extent: order.extent ?? .session, reason: order.reason, by: context.identity)
        var response = try JSON.response(RemovalAnswer(removal), status: .created)
        response.headers[.location] = "/api/v1/sessions/\(state.session.id)/removals/\(order.participant)"
        return response
    }

    @Sendable private func readmitToSession(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try hub.permit(context.identity, .removePeople, on: hub.object(state))
        guard let participant = context.parameters.get("participant", as: ParticipantID.self)
        else { throw Problem(.notFound, "There is no such participant.") }
        try await hub.readmit(participant, to: state, by: context.identity)
        return Response(status: .noContent)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let query = request.uri.queryParameters
        var search = RemovalSearch(in: conference.id, limit: try query.pageLength(Self.page, most: Self.longestPage))
        search.after = try query.value("after")
        guard 1...JSON.largestInteger ~= search.after ?? 1
        else { throw Problem(.invalidRequest, "“after” is the number of a line.") }
        search.areStanding = try query.value("standing") ?? false
        let (removals, next) = try await hub.page(of: search, for: context.identity)
        return try JSON.response(RemovalPageAnswer(removals: removals.map(RemovalAnswer.init(_:)), next: next))
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        try JSON.response(RemovalAnswer(try await hub.removal(in: context.parameters, for: context.identity)))
    }

    @Sendable private func readmit(_ request: Request, _ context: WebContext) async throws -> Response {
        let removal = try await hub.removal(in: context.parameters, for: context.identity)
        try await hub.readmit(removal, by: context.identity)
        return try JSON.response(RemovalAnswer(try await hub.removal(in: context.parameters, for: context.identity)))
    }
}

struct RemovalOrder: Decodable {
    let participant: ParticipantID
    let reason: String
    /// The session where it is absent.
    let extent: RemovalExtent?
}

struct RemovalPageAnswer: Encodable {
    let removals: [RemovalAnswer]
    /// What `after` has to be for those that follow; absent where none do.
    let next: Int?
}

struct RemovalAnswer: Encodable {
    let number: Int
    let session: SessionID
    let participant: ParticipantID
    let name: String
    let organisation: String
    let extent: RemovalExtent
    let reason: String
    let removedAt: UTCInstant
    let removedBy: Actor
    /// Absent while it stands, as who has readmitted them.
    let readmittedAt: UTCInstant?
    let readmittedBy: Actor?

    /// Who has acted: a participant, a token, or `command-line`, which has no name.
    struct Actor: Encodable {
        let id: String
        let name: String?
    }

    init(_ removal: Removal) {
        (number, session, participant) = (removal.number, removal.session, removal.participant)
        (name, organisation, extent) = (removal.name, removal.organisation, removal.extent)
        (reason, removedAt) = (removal.reason, removal.instant)
        removedBy = Actor(id: removal.actor.id, name: removal.actorName)
        readmittedAt = removal.readmission?.instant
        readmittedBy = removal.readmission.map { Actor(id: $0.actor.id, name: $0.actorName) }
    }
}
