package import Access
package import Identifiers
package import Time

/// Gives out tokens for scripts and recognises those who bear them.
package final class TokenDesk: Sendable {
    package struct Configuration: Sendable {
        /// How long a recognised token is not looked up again. What is revoked here is forgotten at once.
        package var memory: Duration = .seconds(2)
        /// Tokens remembered at one time.
        package var remembered = 1000

        package init() {}
    }

    private let repository: any RegistrationRepository
    private let clock: any WallClock
    private let memory: SubjectMemory

    package init(
        repository: any RegistrationRepository, clock: any WallClock, configuration: Configuration = Configuration()
    ) {
        self.repository = repository
        self.clock = clock
        self.memory = SubjectMemory(lifetime: configuration.memory, capacity: configuration.remembered)
    }

    /// A new token; its secret is told this once.
    ///
    /// - Parameter expiresAt: nil where it lasts until it is revoked.
    package func issue(
        _ name: String, in conference: ConferenceID, scopes: Set<Scope>, expiresAt: UTCInstant? = nil
    ) async throws -> (token: APIToken, secret: Secret) {
        try RegistrationError.check(name: name, "token's name")
        let (now, secret) = (clock.now(), Secret.make(prefix: "hc_token_"))
        let token = APIToken(
            id: TokenID(at: now), conference: conference, name: name, scopes: scopes, createdAt: now, expiresAt: expiresAt)
        try await repository.add(token, digest: secret.digest)
        return (token, secret)
    }

    /// Who bears this; `.anonymous` where it is unknown, expired or revoked.
    package func subject(for bearer: Secret) async throws -> Subject {
        let (digest, now) = (bearer.digest, clock.now())
        if let subject = memory.recall(digest, now: now) { return subject }
        let generation = memory.generation
        guard let token = try await repository.token(digest: digest), token.isValid(at: now) else { return .anonymous }
        let subject = Subject.token(token.id, token.conference, token.scopes)
        memory.remember(subject, digest: digest, until: token.expiresAt, now: now, generation: generation)
        return subject
    }

    package func tokens(in conference: ConferenceID) async throws -> [APIToken] {
        try await repository.tokens(in: conference)
    }

    package func revoke(_ token: TokenID) async throws {
        try await repository.revokeToken(token, at: clock.now())
        memory.forget { if case .token(token, _, _) = $0 { true } else { false } }
    }
}

extension APIToken {
    package func isValid(at now: UTCInstant) -> Bool {
        revokedAt == nil && expiresAt.map { now < $0 } ?? true
    }
}
