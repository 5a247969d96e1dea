import Access
import Events
import Hummingbird
import Identifiers
import Programme
import Registration
import Streams
import Time

/// `/rooms/{room}/stream-keys`: what production desks publish with.
struct StreamKeysAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("rooms/{room}/stream-keys", use: list)
        api.post("rooms/{room}/stream-keys", use: create)
        api.delete("rooms/{room}/stream-keys/{key}", use: revoke)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let room = try await hub.room(in: context.parameters)
        try hub.permit(context.identity, .manageStreamKeys, on: Object(room))
        return try JSON.response(["streamKeys": try await hub.streamKeys.keys(in: room.id).map { StreamKeyAnswer($0) }])
    }

    @Sendable private func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let room = try await hub.room(in: context.parameters)
        let actor = try hub.actor(context.identity, .manageStreamKeys, on: Object(room))
        let order = try await request.json(as: StreamKeyOrder.self, context: context)
        let (key, secret) = try await hub.streamKeys.issue(order.name, for: room.id)
        try await hub.audit.append(
            AuditDraft(
                .streamKeyCreated, conference: room.conference, actor: actor, objects: [room.id.description, key.id.description]))
        return try JSON.response(StreamKeyAnswer(key, secret: secret), status: .created)
    }

    /// What is published with it ends.
    @Sendable private func revoke(_ request: Request, _ context: WebContext) async throws -> Response {
        let room = try await hub.room(in: context.parameters)
        let actor = try hub.actor(context.identity, .manageStreamKeys, on: Object(room))
        let key = try await key(of: room, in: context.parameters)
        try await hub.audit.append(
            AuditDraft(
                .streamKeyRevoked, conference: room.conference, actor: actor, objects: [room.id.description, key.description]))
        try await hub.streamKeys.revoke(key)
        hub.feeds.end(
            in: room.id, publishedWith: key,
            PublishRefusal(.unknownKey, "This stream key was revoked. Ask the secretariat for a new one."))
        return Response(status: .noContent)
    }

    private func key(of room: Room, in parameters: Parameters) async throws -> StreamKeyID {
        guard let id = parameters.get("key", as: StreamKeyID.self),
            try await hub.streamKeys.keys(in: room.id).contains(where: { $0.id == id })
        else { throw Problem(.notFound, "There is no such stream key.") }
        return id
    }
}

struct StreamKeyOrder: Decodable {
    /// For whom it is.
    let name: String
}

struct StreamKeyAnswer: Encodable {
    let id: StreamKeyID
    let room: RoomID
    let name: String
    let createdAt: UTCInstant
    let revokedAt: UTCInstant?
    /// Told once, when the key is made.
    let secret: String?

    init(_ key: StreamKey, secret: Secret? = nil) {
        (id, room, name, createdAt, revokedAt) = (key.id, key.room, key.name, key.createdAt, key.revokedAt)
        self.secret = secret?.text
    }
}
