import Identifiers

/// The names of our cookies.
///
/// Under TLS they begin with `__Host-`, by which a browser takes them only from this host, over TLS and for every path (RFC
/// 6265bis §4.1.3.2). Over HTTP, which is for loopback and tests, browsers refuse that prefix.
enum CookieName {
    static func signIn(secure: Bool) -> String { prefix(secure) + "signin" }

    /// One for each session, so that two tabs may watch two sessions.
    static func pass(to session: SessionID, secure: Bool) -> String { prefix(secure) + "pass_" + session.uuid }

    static func language(secure: Bool) -> String { prefix(secure) + "language" }
    static func theme(secure: Bool) -> String { prefix(secure) + "theme" }

    private static func prefix(_ secure: Bool) -> String { secure ? "__Host-" : "" }
}
