import Access
import Archive
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// What a conference's recordings take on the disk, and the end of those that need not be kept any longer.
struct RetentionAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/recordings/space", use: space)
        api.put("conferences/{conference}/recordings/space", use: setBudget)
        api.get("conferences/{conference}/recordings/retention", use: expired)
        api.post("conferences/{conference}/recordings/retention", use: delete)
    }

    @Sendable private func space(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .seeRecordings, on: .conference(conference.id))
        return try JSON.response(SpaceAnswer(try await hub.forecast(conference.id)))
    }

    @Sendable private func setBudget(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .deleteRecordings, on: .conference(conference.id))
        let order = try await request.json(as: BudgetOrder.self, context: context)
        guard order.budget ?? 0 >= 0, order.budget ?? 0 <= JSON.largestInteger
        else { throw Problem(.invalidRequest, "A budget has 0 to \(JSON.largestInteger) bytes, or is null.") }
        try await hub.studio.setBudget(order.budget, of: conference.id, by: actor)
        return try JSON.response(SpaceAnswer(try await hub.forecast(conference.id)))
    }

    /// The dry run: what `delete` would delete.
    @Sendable private func expired(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .deleteRecordings, on: .conference(conference.id))
        guard let before = request.uri.queryParameters["before"].flatMap({ UTCInstant(String($0)) }) else {
            throw Problem(.invalidRequest, "`before` is an instant such as 2026-01-01T00:00:00Z.")
        }
        return try JSON.response(RetentionAnswer(try await hub.studio.expired(before: before, in: conference.id)))
    }

    @Sendable private func delete(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .deleteRecordings, on: .conference(conference.id))
        let order = try await request.json(as: RetentionOrder.self, context: context)
        try Hub.check(reason: order.reason)
        let deleted = try await hub.studio.deleteExpired(
            before: order.before, in: conference.id, reason: order.reason, by: actor)
        try await hub.rooms.forget(deleted)
        return try JSON.response(RetentionAnswer(deleted))
    }
}

struct BudgetOrder: Decodable {
    let budget: Int64?
}

struct RetentionOrder: Decodable {
    let before: UTCInstant
    let reason: String
}

struct SpaceAnswer: Encodable {
    /// In bytes, like the others.
    let used: Int64
    let budget: Int64?
    let free: Int64?
    /// What is still to come until the end of the programme, finished files included.
    let expected: Int64
    let fits: Bool

    init(_ forecast: DiskForecast) {
        (used, budget, free) = (forecast.used, forecast.budget, forecast.free)
        (expected, fits) = (forecast.expected, forecast.fits)
    }
}

struct RetentionAnswer: Encodable {
    let recordings: [Expired]
    /// Of all of them.
    let bytes: Int64

    struct Expired: Encodable {
        let id: RecordingID
        let session: SessionID
        let startedAt: UTCInstant
        let files: [KeptFile]
    }

    init(_ expired: [ExpiredRecording]) {
        recordings = expired.map { Expired(id: $0.id, session: $0.session, startedAt: $0.startedAt, files: $0.files) }
        bytes = expired.reduce(0) { $0 + $1.bytes }
    }
}
