import Crypto

/// 256 random bits that a person or a script shows to be let in: in a link, a cookie, an API token, a stream key.
///
/// Only its digest is kept. It prints as redacted.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Longest that is looked at, in UTF-8 bytes.
    package static let maximumLength = 256

    /// URL-safe text without padding (RFC 4648 §5), after the prefix.
    package let text: String

    /// What somebody has shown.
    package init(shown text: String) {
        self.text = text
    }

    /// A fresh one, with a prefix that tells what it is for: `hc_token_…`.
    package static func make(prefix: String) -> Secret {
        let bytes = unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe Array($0) }
        return Secret(shown: prefix + base64URL(bytes))
    }

    /// SHA-256 in hexadecimal: enough for a secret of 256 random bits, which cannot be guessed.
    package var digest: String {
        SHA256.hash(data: Array(text.utf8.prefix(Self.maximumLength + 1))).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    package var description: String { "‹redacted›" }
    package var debugDescription: String { "‹redacted›" }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        var buffer = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[(buffer >> bits) & 63])
            }
        }
        if bits > 0 { text.append(alphabet[(buffer << (6 - bits)) & 63]) }
        return text
    }
}
