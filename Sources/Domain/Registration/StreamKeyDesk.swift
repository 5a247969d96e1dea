package import Identifiers
package import Time

/// Gives out the keys with which production desks publish, and finds the room that a key belongs to.
package struct StreamKeyDesk: Sendable {
    private let repository: any RegistrationRepository
    private let clock: any WallClock

    package init(repository: any RegistrationRepository, clock: any WallClock) {
        self.repository = repository
        self.clock = clock
    }

    /// A new key for `room`; its secret is told this once.
    package func issue(_ name: String, for room: RoomID) async throws -> (key: StreamKey, secret: Secret) {
        try RegistrationError.check(name: name, "key's name")
        let (now, secret) = (clock.now(), Secret.make(prefix: "hc_stream_"))
        let key = StreamKey(id: StreamKeyID(at: now), room: room, name: name, createdAt: now)
        try await repository.add(key, digest: secret.digest)
        return (key, secret)
    }

    /// Nil where no key is like that, or it was revoked.
    package func find(_ shown: Secret) async throws -> StreamKey? {
        guard let key = try await repository.streamKey(digest: shown.digest), key.revokedAt == nil else { return nil }
        return key
    }

    package func keys(in room: RoomID) async throws -> [StreamKey] {
        try await repository.streamKeys(in: room)
    }

    /// What is published with it at the moment is the caller's to end.
    package func revoke(_ key: StreamKeyID) async throws {
        try await repository.revokeStreamKey(key, at: clock.now())
    }
}
