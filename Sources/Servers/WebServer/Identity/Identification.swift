import HTTPTypes
package import Access
package import Registration

/// Who stands behind what a request shows. The registration's desks answer it.
package protocol Identification: Sendable {
    /// The person whose sign-in the secret of a cookie is; nil where it is none, has expired or was ended.
    func subject(signedInWith secret: Secret) async throws -> Subject?
    /// The token for scripts that the secret is; nil where it is none, has expired or was revoked.
    func subject(bearing secret: Secret) async throws -> Subject?
}

extension Identification {
    /// Reads who asks from a request's headers. A bearer token counts before a cookie, since only who means it sends one.
    ///
    /// - Throws: a `Problem` for credentials that cannot be read or are not valid (RFC 6750 §3.1). A stale cookie is no problem:
    ///   whoever shows it is nobody in particular.
    func identify(_ headers: RequestCredentials) async throws -> Identity {
        if let authorization = headers.authorization { return try await identity(of: authorization) }
        guard let secret = headers.signIn, case .person(let person, let participations) = try await subject(signedInWith: secret)
        else { return .anonymous }
        return .person(PresentSignIn(person: person, participations: participations, secret: secret))
    }

    private func identity(of authorization: String) async throws -> Identity {
        switch Bearer.read(authorization) {
        case .foreign:
            throw Problem(.signInNeeded, "The only scheme here is Bearer.", headers: [.wwwAuthenticate: Bearer.challenge()])
        case .malformed:
            let challenge = Bearer.challenge(error: "invalid_request")
            throw Problem(.malformedCredentials, headers: [.wwwAuthenticate: challenge])
        case .token(let secret):
            guard case .token(let id, let conference, let scopes) = try await subject(bearing: secret) else {
                throw Problem(.invalidToken, headers: [.wwwAuthenticate: Bearer.challenge(error: "invalid_token")])
            }
            return .token(id, conference, scopes, shown: secret)
        }
    }

    /// Who it is now: participations and grants may have changed, the sign-in or the token may have ended.
    func refreshed(_ identity: Identity) async throws -> Identity {
        switch identity {
        case .anonymous: return .anonymous
        case .person(let signIn): return try await identify(RequestCredentials(signIn: signIn.secret))
        case .token(_, _, _, let secret):
            guard case .token(let id, let conference, let scopes) = try await subject(bearing: secret) else { return .anonymous }
            return .token(id, conference, scopes, shown: secret)
        }
    }
}
