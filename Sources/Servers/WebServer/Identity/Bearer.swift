import Registration

/// Bearer tokens (RFC 6750).
enum Bearer {
    /// What an `Authorization` header shows.
    enum Credentials {
        case token(Secret)
        /// Not of the form of §2.1.
        case malformed
        /// Another scheme.
        case foreign
    }

    /// Reads `Bearer <b64token>`; the scheme's case does not matter (RFC 9110 §11.1).
    ///
    /// - Parameter maximumLength: bytes of the longest token that is taken.
    static func read(_ header: String, maximumLength: Int = Secret.maximumLength) -> Credentials {
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.first?.lowercased() == "bearer" else { return .foreign }
        guard parts.count == 2, parts[1].utf8.count <= maximumLength, isB64Token(parts[1]) else { return .malformed }
        return .token(Secret(shown: String(parts[1])))
    }

    /// The value of `WWW-Authenticate`. Without credentials in the request no error is told (§3.1).
    static func challenge(error: String? = nil, scope: String? = nil) -> String {
        var challenge = "Bearer realm=\"hemicycle\""
        if let error { challenge += ", error=\"\(error)\"" }
        if let scope { challenge += ", scope=\"\(scope)\"" }
        return challenge
    }

    private static func isB64Token(_ text: Substring) -> Bool {
        let body = text.reversed().drop { $0 == "=" }
        return !body.isEmpty && body.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._~+/".contains($0)) }
    }
}
