import Access
import Archive
import Events
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/sessions/{session}/marks`: the places that moderators give a title while a session runs, and archivists mend later.
struct MarksAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/marks", use: list)
        api.post("sessions/{session}/marks", use: set)
        api.patch("sessions/{session}/marks/{mark}", use: change)
        api.delete("sessions/{session}/marks/{mark}", use: remove)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try hub.permit(context.identity, .markChapters, on: hub.object(state))
        let marks = try await hub.recordings.marks(of: state.session.id)
        return try JSON.response(["marks": marks.map(MarkAnswer.init(_:))])
    }

    @Sendable private func set(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .markChapters, on: hub.object(state))
        let order = try await request.json(as: MarkOrder.self, context: context)
        let mark = try await hub.mark(order.title, at: order.at, in: state, by: actor)
        return try JSON.response(MarkAnswer(mark), status: .created)
    }

    @Sendable private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let (mark, actor) = try await mark(context)
        let order = try await request.json(as: MarkChange.self, context: context)
        return try JSON.response(MarkAnswer(try await hub.change(mark, title: order.title, at: order.at, by: actor)))
    }

    @Sendable private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let (mark, actor) = try await mark(context)
        try await hub.marks.remove(mark, by: actor)
        return Response(status: .noContent)
    }

    /// Whoever may not change marks is not told which there are.
    private func mark(_ context: WebContext) async throws -> (Mark, AuditActor) {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .markChapters, on: hub.object(state))
        return (try await hub.mark(in: context.parameters, of: state.session.id), actor)
    }
}

struct MarkOrder: Decodable {
    let title: String
    /// Absent for this instant.
    let at: UTCInstant?
}

struct MarkChange: Decodable {
    let title: String?
    let at: UTCInstant?
}

struct MarkAnswer: Encodable {
    let id: MarkID
    let at: UTCInstant
    let title: String

    init(_ mark: Mark) {
        (id, at, title) = (mark.id, mark.at, mark.title)
    }
}
