import Access
import HTTPTypes
package import Registration

/// Finds out who stands behind what a request shows.
package struct Identification: Sendable {
    let signIns: SignInDesk
    let tokens: TokenDesk

    package init(signIns: SignInDesk, tokens: TokenDesk) {
        self.signIns = signIns
        self.tokens = tokens
    }

    /// A bearer token counts before a cookie, since only who means it sends one.
    ///
    /// - Throws: a `Problem` for credentials that cannot be read or are not valid (RFC 6750 §3.1). A stale cookie is no problem:
    ///   whoever shows it is nobody in particular.
    func identify(_ shown: RequestCredentials) async throws -> Identity {
        if let authorization = shown.authorization { return try await identity(of: authorization) }
        guard let secret = shown.signIn else { return .anonymous }
        return try await identity(signedInWith: secret)
    }

    /// Who it is now: grants may have changed, the sign-in or the token may have ended.
    func refreshed(_ identity: Identity) async throws -> Identity {
        switch identity {
        case .anonymous: .anonymous
        case .person(let signIn): try await self.identity(signedInWith: signIn.secret)
        case .token(_, _, _, let secret): try await self.identity(bearing: secret) ?? .anonymous
        }
    }

    private func identity(signedInWith secret: Secret) async throws -> Identity {
        guard case .person(let person, let participations) = try await signIns.subject(for: secret) else { return .anonymous }
        return .person(PresentSignIn(person: person, participations: participations, secret: secret))
    }

    private func identity(bearing secret: Secret) async throws -> Identity? {
        guard case .token(let id, let conference, let scopes) = try await tokens.subject(for: secret) else { return nil }
        return .token(id, conference, scopes, shown: secret)
    }

    private func identity(of authorization: String) async throws -> Identity {
        switch Bearer.read(authorization) {
        case .foreign:
            throw Problem(.signInNeeded, "The only scheme here is Bearer.", headers: [.wwwAuthenticate: Bearer.challenge()])
        case .malformed:
            let challenge = Bearer.challenge(error: "invalid_request")
            throw Problem(.malformedCredentials, headers: [.wwwAuthenticate: challenge])
        case .token(let secret):
            if let identity = try await identity(bearing: secret) { return identity }
            throw Problem(.invalidToken, headers: [.wwwAuthenticate: Bearer.challenge(error: "invalid_token")])
        }
    }
}
