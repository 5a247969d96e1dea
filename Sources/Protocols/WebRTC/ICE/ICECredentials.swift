/// The short-term credentials of one side (RFC 8839 §5.4).
package struct ICECredentials: Hashable, Sendable {
    package let fragment: String
    package let password: String

    package init(fragment: String, password: String) {
        self.fragment = fragment
        self.password = password
    }

    /// Letters of the fragment: enough that the peers of one server never share one.
    private static let fragmentLength = 12
    /// Six bits each, above the 128 that the password must have (§5.4).
    private static let passwordLength = 24
    /// Random bytes that credentials are made of.
    package static let randomness = fragmentLength + passwordLength

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    package init(random bytes: [UInt8]) {
        precondition(bytes.count == Self.randomness, "the caller draws as many as are asked for")
        let text = bytes.map { Self.letters[Int($0 & 63)] }
        fragment = String(text.prefix(Self.fragmentLength))
        password = String(text.dropFirst(Self.fragmentLength))
    }
}

extension ICECredentials: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "\(fragment):‹redacted›" }
    package var debugDescription: String { description }
}
