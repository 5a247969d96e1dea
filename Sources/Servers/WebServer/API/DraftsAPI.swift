import Access
import HTTPTypes
import Hummingbird
import Programme
import Time

/// `/conferences/{conference}/programme/versions`: what is to be published, and what was.
struct DraftsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/programme/versions", use: list)
        api.post("conferences/{conference}/programme/versions", use: keep)
        api.get("conferences/{conference}/programme/versions/{version}", use: draft)
        api.post("conferences/{conference}/programme/versions/{version}/publish", use: publish)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .changeProgramme, on: .conference(conference.id))
        let versions = try await hub.programmeDesk.versions(of: conference)
        return try JSON.response(["versions": versions.map(VersionAnswer.init)])
    }

    @Sendable private func keep(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .changeProgramme, on: .conference(conference.id))
        guard let version = try await hub.programmeDesk.keep(try await request.plan(of: conference))
        else { throw Problem(.notFound) }
        return try JSON.response(VersionAnswer(version), status: .created)
    }

    @Sendable private func draft(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .changeProgramme, on: .conference(conference.id))
        let (plan, _) = try await draft(of: conference, in: context.parameters)
        return Response(
            status: .ok, headers: [.contentType: "application/yaml", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: try plan.yaml())))
    }

    @Sendable private func publish(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .changeProgramme, on: .conference(conference.id))
        let (plan, number) = try await draft(of: conference, in: context.parameters)
        guard let version = try await hub.programmeDesk.publish(plan, number: number, of: conference, by: actor)
        else { throw Problem(.conflict, "A version newer than this draft is published.") }
        var response = try JSON.response(VersionAnswer(version))
        response.headers[.eTag] = EntityTag(programme: version.number).header
        return response
    }

    private func draft(of conference: Conference, in parameters: Parameters) async throws -> (ProgrammePlan, Int) {
        guard let number = parameters.get("version", as: Int.self),
            let plan = try await hub.programmeDesk.draft(number, of: conference)
        else { throw Problem(.notFound, "There is no such draft.") }
        return (plan, number)
    }
}

private struct VersionAnswer: Encodable {
    let number: Int
    let state: ProgrammeVersion.State
    let createdAt: UTCInstant

    init(_ version: ProgrammeVersion) {
        number = version.number
        state = version.state
        createdAt = version.createdAt
    }
}
