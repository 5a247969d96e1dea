import FoundationEssentials
import Identifiers
import JWTKit
import Synchronization
package import Time

/// Signs passes and reads them back: JSON Web Tokens (RFC 7519), HS256 and nothing else.
///
/// What was signed or read once is remembered, since every media request carries a pass: a bounded memory that is emptied when it is full,
/// and what is not in it is only verified again.
package final class PassAuthority: Sendable {
    /// Passes remembered at one time.
    package static let remembered = 10_000
    /// Bytes of the longest token that is looked at.
    package static let maximumLength = 1024

    private let keys = JWTKeyCollection()
    private let known = Mutex<[String: Pass]>([:])

    /// - Parameter secret: at least 32 random bytes, kept in the data folder.
    package init(secret: [UInt8]) async {
        await keys.add(hmac: HMACKey(from: Data(secret)), digestAlgorithm: .sha256)
    }

    /// The pass as a token for a cookie or a path.
    package func sign(_ pass: Pass) async throws -> String {
        let token = try await keys.sign(Claims(pass))
        if let read = Claims(pass).pass { remember(token, read) }
        return token
    }

    /// The pass that `token` is; nil where it is not one of ours, or has expired at `now`.
    package func read(_ token: String, now: UTCInstant) async -> Pass? {
        if let pass = recall(token, now: now) { return pass }
        guard token.utf8.count <= Self.maximumLength,
            let claims = try? await keys.verify(token, as: Claims.self), let pass = claims.pass, pass.expires > now
        else { return nil }
        remember(token, pass)
        return pass
    }

    private func remember(_ token: String, _ pass: Pass) {
        known.withLock { known in
            if known.count >= Self.remembered { known = [:] }
            known[token] = pass
        }
    }

    /// The pass that `token` is, where it is remembered and has not expired.
    package func recall(_ token: String, now: UTCInstant) -> Pass? {
        known.withLock { $0[token] }.flatMap { $0.expires > now ? $0 : nil }
    }
}

/// The claims of a pass; instants in whole seconds (RFC 7519 §2, NumericDate).
private struct Claims: JWTPayload {
    static let audience = "hemicycle:pass"

    let sub: String
    let sid: String
    let aud: String
    let exp: Int64
    let rights: [Pass.Right]

    init(_ pass: Pass) {
        sub = pass.participant.description
        sid = pass.session.description
        aud = Self.audience
        exp = pass.expires.microseconds / 1_000_000
        rights = pass.rights.sorted { $0.rawValue < $1.rawValue }
    }

    /// The expiry is compared with the clock of the caller, in `PassAuthority.read`.
    func verify(using algorithm: some JWTAlgorithm) async throws {
        guard aud == Self.audience else { throw JWTError.claimVerificationFailure(failedClaim: nil, reason: "no pass") }
    }

    var pass: Pass? {
        guard let session = SessionID(sid), let participant = ParticipantID(sub), exp > 0, exp < 1 << 40 else { return nil }
        return Pass(
            session: session, participant: participant, rights: Set(rights),
            expires: UTCInstant(microseconds: exp * 1_000_000))
    }
}
