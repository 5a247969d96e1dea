package import Access
package import Identifiers
package import Time

/// A token for scripts: scoped, for one conference.
package struct APIToken: Hashable, Sendable {
    package let id: TokenID
    package let conference: ConferenceID
    package let name: String
    package let scopes: Set<Scope>
    /// Whoever made it, with whose participation it ends; nil where the command line did.
    package let createdBy: ParticipantID?
    package let createdAt: UTCInstant
    package let expiresAt: UTCInstant?
    package var revokedAt: UTCInstant?
    /// To the minute; nil while nobody has shown it.
    package var lastUsedAt: UTCInstant?

    package init(
        id: TokenID, conference: ConferenceID, name: String, scopes: Set<Scope>, createdBy: ParticipantID? = nil,
        createdAt: UTCInstant, expiresAt: UTCInstant?, revokedAt: UTCInstant? = nil, lastUsedAt: UTCInstant? = nil
    ) {
        self.id = id
        self.conference = conference
        self.name = name
        self.scopes = scopes
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
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
