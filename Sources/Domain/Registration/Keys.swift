package import Access
package import Identifiers
package import Time

/// A token for scripts: scoped, for one conference.
package struct APIToken: Hashable, Sendable {
    package let id: TokenID
    package let conference: ConferenceID
    package let name: String
    package let scopes: Set<Scope>
    package let createdAt: UTCInstant
    package let expiresAt: UTCInstant?
    package let revokedAt: UTCInstant?

    package init(
        id: TokenID, conference: ConferenceID, name: String, scopes: Set<Scope>, createdAt: UTCInstant,
        expiresAt: UTCInstant?, revokedAt: UTCInstant? = nil
    ) {
        self.id = id
        self.conference = conference
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }
}

/// What a production desk publishes to a room with.
package struct StreamKey: Hashable, Sendable {
    package let id: StreamKeyID
    package let room: RoomID
    package let name: String
    package let createdAt: UTCInstant
    package let revokedAt: UTCInstant?

    package init(id: StreamKeyID, room: RoomID, name: String, createdAt: UTCInstant, revokedAt: UTCInstant? = nil) {
        self.id = id
        self.room = room
        self.name = name
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}
