package import Access
package import Identifiers
package import Time

/// Signs people in by a mailed link (P-1) and recognises them by the cookie that they got for it.
package final class SignInDesk: Sendable {
    package struct Configuration: Sendable {
        /// How long a link works; never longer than `longestLink`.
        package var linkLifetime: Duration = .seconds(20 * 60)
        /// How long a sign-in lasts, used or not.
        package var signInLifetime: Duration = .seconds(14 * 24 * 3600)
        /// How long a recognised person is not looked up again. What is revoked here is forgotten at once.
        package var memory: Duration = .seconds(2)
        /// People remembered at one time.
        package var remembered = 10_000

        package static let longestLink: Duration = .seconds(20 * 60)

        package init() {}
    }

    private let repository: any RegistrationRepository
    private let clock: any WallClock
    private let configuration: Configuration
    private let memory: SubjectMemory

    package init(
        repository: any RegistrationRepository, clock: any WallClock, configuration: Configuration = Configuration()
    ) {
        self.repository = repository
        self.clock = clock
        self.configuration = configuration
        self.memory = SubjectMemory(lifetime: configuration.memory, capacity: configuration.remembered)
    }

    /// A secret that signs `person` in, once. Older ones of the same person become void.
    package func makeLink(for person: PersonID) async throws -> Secret {
        let secret = Secret.make(prefix: "hc_link_")
        let lifetime = min(configuration.linkLifetime, Configuration.longestLink)
        let link = SignInLink(person: person, digest: secret.digest, expiresAt: clock.now().advanced(by: lifetime))
        try await repository.add(link)
        return secret
    }

    /// Signs in whoever shows a link's secret; the secret that comes back belongs into the cookie.
    ///
    /// - Throws: `RegistrationError` where the link does not work (any more).
    package func redeem(_ shown: Secret) async throws -> (signIn: SignIn, cookie: Secret) {
        let now = clock.now()
        guard let link = try await repository.link(digest: shown.digest) else { throw RegistrationError.linkUnknown }
        guard link.usedAt == nil else { throw RegistrationError.linkUsed }
        guard now < link.expiresAt else { throw RegistrationError.linkExpired }
        guard try await repository.use(link, at: now) else { throw RegistrationError.linkUsed }
        return try await signIn(link.person, at: now)
    }

    /// Who shows this cookie; `.anonymous` where it is unknown or expired.
    package func subject(for cookie: Secret) async throws -> Subject {
        let (digest, now) = (cookie.digest, clock.now())
        if let subject = memory.recall(digest, now: now) { return subject }
        let generation = memory.generation
        guard let signIn = try await repository.signIn(digest: digest), now < signIn.expiresAt else { return .anonymous }
        let subject = Subject.person(signIn.person, try await repository.participations(of: signIn.person))
        memory.remember(subject, digest: digest, until: signIn.expiresAt, now: now, generation: generation)
        return subject
    }

    /// Nothing happens where the cookie is unknown.
    package func signOut(_ cookie: Secret) async throws {
        let digest = cookie.digest
        if let signIn = try await repository.signIn(digest: digest) { try await repository.removeSignIn(signIn.id) }
        memory.forget(digest)
    }

    /// Where a person is signed in now, the newest first.
    package func signIns(of person: PersonID) async throws -> [SignIn] {
        let now = clock.now()
        return try await repository.signIns(of: person).filter { now < $0.expiresAt }
    }

    /// Ends one of a person's sign-ins, from the next request on.
    ///
    /// - Returns: false where the person has no such sign-in.
    package func end(_ signIn: SignInID, of person: PersonID) async throws -> Bool {
        guard try await signIns(of: person).contains(where: { $0.id == signIn }) else { return false }
        try await repository.removeSignIn(signIn)
        forget(person)
        return true
    }

    /// The sign-in behind a cookie; nil where there is none that is good.
    package func signIn(shown cookie: Secret) async throws -> SignIn? {
        guard let signIn = try await repository.signIn(digest: cookie.digest), clock.now() < signIn.expiresAt else { return nil }
        return signIn
    }

    /// Takes every right from a participant, from the next request on.
    package func revoke(_ participant: ParticipantID) async throws {
        try await repository.revokeParticipant(participant, at: clock.now())
        memory.forget { $0.holds(participant) }
    }

    /// Looks `person` up again at the next request: their participation has changed.
    package func forget(_ person: PersonID) {
        memory.forget { if case .person(person, _) = $0 { true } else { false } }
    }

    private func signIn(_ person: PersonID, at now: UTCInstant) async throws -> (SignIn, Secret) {
        let cookie = Secret.make(prefix: "hc_signin_")
        let signIn = SignIn(
            id: SignInID(at: now), person: person, createdAt: now,
            expiresAt: now.advanced(by: configuration.signInLifetime))
        try await repository.add(signIn, digest: cookie.digest)
        return (signIn, cookie)
    }
}

extension Subject {
    fileprivate func holds(_ participant: ParticipantID) -> Bool {
        guard case .person(_, let participations) = self else { return false }
        return participations.contains { $0.participant == participant }
    }
}
