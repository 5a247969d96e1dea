import Crypto
import FoundationEssentials
package import Registration

/// A call that its caller named by a key, so that asking again carries it out no second time.
///
/// Callers do not meet in their keys: what names a call depends on the secret that its caller shows. The answer may hold a secret of
/// its own, a new token's, and so is sealed with a key that nobody has who lacks the caller's: the store alone opens nothing.
package struct KeyedCall: Sendable {
    /// SHA-256 over caller and key.
    let name: String
    /// SHA-256 over what is asked.
    let content: String
    private let seal: SymmetricKey

    /// - Parameter content: everything that tells one call from another, as bytes.
    package init(key: String, caller: Secret, content: [UInt8]) {
        let secret = SymmetricKey(data: Array(caller.text.utf8))
        name = Self.text(HMAC<SHA256>.authenticationCode(for: Array(key.utf8), using: secret))
        self.content = Self.text(SHA256.hash(data: content))
        seal = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, salt: Array(key.utf8), info: Array("answer".utf8), outputByteCount: 32)
    }

    func sealed(_ answer: GivenAnswer) throws -> String {
        try ChaChaPoly.seal(try JSONEncoder().encode(answer), using: seal, authenticating: Array(name.utf8)).combined
            .base64EncodedString()
    }

    func opened(_ text: String) throws -> GivenAnswer {
        let box = try ChaChaPoly.SealedBox(combined: Data(base64Encoded: text) ?? Data())
        return try JSONDecoder().decode(
            GivenAnswer.self, from: try ChaChaPoly.open(box, using: seal, authenticating: Array(name.utf8)))
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString()
    }
}
