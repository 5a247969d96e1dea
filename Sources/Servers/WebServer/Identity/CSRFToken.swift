import Crypto
import Foundation
import Registration

/// What a page shows back with every write, and another site cannot know: bound to the sign-in, and useless without it.
struct CSRFToken: Hashable, Sendable {
    let text: String

    /// Derived from the sign-in's secret, so that nothing needs to be kept and it ends with the sign-in.
    init(of secret: Secret) {
        let key = SymmetricKey(data: Data(secret.text.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data("hemicycle csrf".utf8), using: key)
        text = code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// In a time that does not depend on where the two differ.
    func matches(_ shown: String) -> Bool {
        let (own, other) = (Array(text.utf8), Array(shown.utf8.prefix(text.utf8.count + 1)))
        guard own.count == other.count else { return false }
        return zip(own, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
