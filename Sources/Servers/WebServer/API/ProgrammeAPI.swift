import Access
import Events
import Foundation
import HTTPTypes
import Hummingbird
import Programme

/// `/conferences/{conference}/programme`: the whole conference as YAML.
///
/// Its entity tag is the number of the published version, so that of two who change the same version one is told.
struct ProgrammeAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/programme", use: get)
        api.put("conferences/{conference}/programme", use: put)
        api.post("conferences/{conference}/programme/changes", use: compare)
        DraftsAPI(hub: hub).addRoutes(to: api)
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .seeProgramme, on: .conference(conference.id))
        let (plan, version) = try await hub.programmeDesk.plan(of: conference)
        var headers: HTTPFields = [.contentType: "application/yaml", .cacheControl: "no-cache"]
        headers[.eTag] = EntityTag(programme: version).header
        if let known = request.headers[.ifNoneMatch],
            EntityTagList(known).contains(EntityTag(programme: version), by: EntityTag.matchesWeakly)
        {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: try plan.yaml())))
    }

    @Sendable private func put(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .changeProgramme, on: .conference(conference.id))
        guard let condition = request.headers[.ifMatch] else { throw Problem(.preconditionRequired) }
        let version = try await hub.programmeDesk.plan(of: conference).version
        guard EntityTagList(condition).contains(EntityTag(programme: version), by: EntityTag.matchesStrongly)
        else { throw Problem(.preconditionFailed) }
        let plan = try await request.plan(of: conference)
        guard let published = try await hub.programmeDesk.apply(plan, after: version, by: actor)
        else { throw Problem(.preconditionFailed) }
        var response = try JSON.response(["version": published.number])
        response.headers[.eTag] = EntityTag(programme: published.number).header
        return response
    }

    @Sendable private func compare(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .changeProgramme, on: .conference(conference.id))
        return try JSON.response(["changes": try await hub.programmeDesk.changes(by: try await request.plan(of: conference))])
    }
}

extension EntityTag {
    init(programme version: Int) {
        self.init(strong: "programme-\(version)")
    }
}

extension Request {
    /// The body as the plan of this conference.
    func plan(of conference: Conference) async throws -> ProgrammePlan {
        let mediaType = headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
        guard mediaType == "application/yaml" else {
            throw Problem(.unsupportedMediaType, next: "Send `Content-Type: application/yaml`.")
        }
        let buffer = try await body.collect(upTo: PlanText.longest)
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
            throw Problem(.invalidRequest, "The body is no UTF-8 text.")
        }
        let plan: ProgrammePlan
        do { plan = try ProgrammePlan(yaml: text) } catch { throw Problem(error) }
        guard plan.slug == conference.slug else {
            throw Problem(.conflict, "This is the programme of “\(plan.slug)”, not of “\(conference.slug)”.")
        }
        return plan
    }
}

extension Problem {
    fileprivate init(_ error: PlanError) {
        self.init(.invalidProgramme, error.faults.first.map { "\($0)." })
        faults = error.faults
    }
}
