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

    /// The last use of a token is told to this.
    private static let grain: Duration = .seconds(60)
    /// Days that a token may last.
    package static let longestDays = 3650

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
    /// - Parameters:
    ///   - expiresAt: nil where it lasts until it is revoked.
    ///   - maker: with whose participation it ends; nil for the command line.
    package func issue(
        _ name: String, in conference: ConferenceID, scopes: Set<Scope>, expiresAt: UTCInstant? = nil,
        by maker: ParticipantID? = nil
    ) async throws -> (token: APIToken, secret: Secret) {
        try RegistrationError.check(name: name, "token's name")
        let (now, secret) = (clock.now(), Secret.make(prefix: "hc_token_"))
        let latest = now.advanced(by: .seconds(86_400 * Self.longestDays))
        if let expiresAt, expiresAt <= now || expiresAt > latest { throw RegistrationError.expiryUnfit }
        let token = APIToken(
            id: TokenID(at: now), conference: conference, name: name, scopes: scopes, createdBy: maker, createdAt: now,
            expiresAt: expiresAt)
        try await repository.add(token, digest: secret.digest)
        return (token, secret)
    }

    /// Who bears this; `.anonymous` where it is unknown, expired or revoked.
    package func subject(for bearer: Secret) async throws -> Subject {
        let (digest, now) = (bearer.digest, clock.now())
        if let subject = memory.recall(digest, now: now) { return subject }
        let generation = memory.generation
        guard let token = try await repository.token(digest: digest), token.isValid(at: now) else { return .anonymous }
        await note(token, now)
        let subject = Subject.token(token.id, token.conference, token.scopes)
        memory.remember(subject, digest: digest, until: token.expiresAt, now: now, generation: generation)
        return subject
    }

    /// A script goes on where its use cannot be written down.
    private func note(_ token: APIToken, _ now: UTCInstant) async {
        if let last = token.lastUsedAt, now.since(last) < Self.grain { return }
        try? await repository.noteUse(of: token.id, at: now)
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
