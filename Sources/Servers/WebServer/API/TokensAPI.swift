import Access
import Events
import Hummingbird
import Identifiers
import Programme
import Registration
import Time

/// `/conferences/{conference}/tokens`: what scripts show.
struct TokensAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/tokens", use: list)
        api.post("conferences/{conference}/tokens", use: create)
        api.delete("conferences/{conference}/tokens/{token}", use: revoke)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .manageTokens, on: .conference(conference.id))
        return try JSON.response(["tokens": try await hub.tokens.tokens(in: conference.id).map { TokenAnswer($0) }])
    }

    @Sendable private func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .manageTokens, on: .conference(conference.id))
        let order = try await request.json(as: TokenOrder.self, context: context)
        try permit(order.scopes, for: context.identity, in: conference.id)
        let (token, secret) = try await hub.tokens.issue(
            order.name, in: conference.id, scopes: order.scopes, expiresAt: order.expiresAt,
            by: context.identity.subject.participation(in: conference.id)?.participant)
        try await hub.audit.append(
            AuditDraft(
                .tokenCreated, conference: conference.id, actor: actor,
                objects: [token.id.description] + order.scopes.map(\.rawValue).sorted()))
        return try JSON.response(TokenAnswer(token, secret: secret), status: .created)
    }

    /// Nobody gives a token what they may not do themselves, everywhere in the conference.
    private func permit(_ scopes: Set<Scope>, for identity: Identity, in conference: ConferenceID) throws {
        if scopes.isEmpty { throw Problem(.invalidRequest, "The member “scopes” is empty: a token needs one at least.") }
        for action in scopes.flatMap(\.actions) { try hub.permit(identity, action, on: .conference(conference)) }
    }

    @Sendable private func revoke(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .manageTokens, on: .conference(conference.id))
        let token = try await token(of: conference.id, in: context.parameters)
        try await hub.audit.append(
            AuditDraft(.tokenRevoked, conference: conference.id, actor: actor, objects: [token.description]))
        try await hub.tokens.revoke(token)
        return Response(status: .noContent)
    }

    private func token(of conference: ConferenceID, in parameters: Parameters) async throws -> TokenID {
        guard let id = parameters.get("token", as: TokenID.self),
            try await hub.tokens.tokens(in: conference).contains(where: { $0.id == id })
        else { throw Problem(.notFound, "There is no such token.") }
        return id
    }
}

struct TokenOrder: Decodable {
    /// What it is for.
    let name: String
    let scopes: Set<Scope>
    let expiresAt: UTCInstant
}

struct TokenAnswer: Encodable {
    let id: TokenID
    let name: String
    let scopes: [Scope]
    /// Absent where the command line made it.
    let createdBy: ParticipantID?
    let createdAt: UTCInstant
    /// Absent where it lasts until it is revoked.
    let expiresAt: UTCInstant?
    let lastUsedAt: UTCInstant?
    let revokedAt: UTCInstant?
    /// Told once, when the token is made.
    let secret: String?

    init(_ token: APIToken, secret: Secret? = nil) {
        (id, name, scopes) = (token.id, token.name, token.scopes.sorted { $0.rawValue < $1.rawValue })
        (createdBy, createdAt, expiresAt) = (token.createdBy, token.createdAt, token.expiresAt)
        (lastUsedAt, revokedAt) = (token.lastUsedAt, token.revokedAt)
        self.secret = secret?.text
    }
}
