package import NIOCore

/// Our side of ICE (RFC 8445): the lite implementation of a server that everybody can reach. It is always controlled, sends no
/// checks of its own and answers those of its peer, also before it knows that peer's candidates (§7.3).
///
///     waiting ──a check nominates a path──▶ connected ──30 s without an authentic check──▶ dead
///                                            ▲    │
///                                            └────┘ a check nominates another path
///
/// A full peer would ask again for its consent to be sent to (RFC 7675); a lite one takes the peer's own checks for it. What is
/// not authentic is answered with an error, changes nothing, and keeps nothing alive.
package struct LiteAgent: Sendable {
    /// How long without a check a path is believed in (RFC 7675 §5.1).
    package static let consent = TimeAmount.seconds(30)

    package private(set) var local: ICECredentials
    package private(set) var remoteFragment: String?
    /// Those before a restart, good until the new ones have nominated a path (RFC 8445 §9).
    private var former: ICECredentials?
    /// Where media goes; nil before a path was nominated (§12.1.1).
    package private(set) var path: ICEPath?
    private var heardAt: NIODeadline

    /// - Parameter remote: the fragment of the peer's description; nil where that is not known yet.
    package init(_ local: ICECredentials, remoteFragment remote: String?, at now: NIODeadline) {
        self.local = local
        remoteFragment = remote
        heardAt = now
    }

    package enum Event: Hashable, Sendable {
        case nominated(ICEPath)
    }

    /// What to send back on the path that a check came by, and what it brought about.
    package struct Answer: Hashable, Sendable {
        package var reply: ByteBuffer?
        package var event: Event?
        /// Whether the check proved to come from the peer.
        package var isAuthentic = false

        static let none = Answer()
    }

    /// When the peer counts as gone.
    package var deadline: NIODeadline { heardAt + Self.consent }

    /// New credentials on both sides; media goes on meanwhile (RFC 8445 §9).
    package mutating func restart(_ local: ICECredentials, remoteFragment remote: String?) {
        former = self.local
        self.local = local
        remoteFragment = remote
    }

    package mutating func receive(_ message: STUNMessage, by path: ICEPath, at now: NIODeadline) -> Answer {
        guard message.kind == .request, message.method == STUNMessage.binding else { return .none }
        guard let username = message.username, message.integrity != nil else {
            return refuse(message, 400, "Bad Request", nil)
        }
        guard let credentials = credentials(for: username), message.isAuthentic(credentials.password) else {
            return refuse(message, 401, "Unauthenticated", nil)
        }
        guard message.unknown.isEmpty else { return refuse(message, 420, "Unknown Attribute", credentials) }
        // A lite agent stays controlled: a peer that took the same role takes the other one now (RFC 8445 §7.3.1.1).
        guard !message.isFromControlled else { return refuse(message, 487, "Role Conflict", credentials) }
        heardAt = now
        var writer = STUNWriter(.success, message.transaction)
        writer.mappedAddress(path.remote)
        return Answer(
            reply: writer.finish(credentials.password), event: nominate(path, message, credentials), isAuthentic: true)
    }

    private mutating func nominate(_ path: ICEPath, _ message: STUNMessage, _ credentials: ICECredentials) -> Event? {
        guard message.usesCandidate else { return nil }
        if credentials == local { former = nil }
        guard self.path != path else { return nil }
        self.path = path
        return .nominated(path)
    }

    /// Ours whose fragment begins the user name, if the peer's, where it is known, ends it (§7.3).
    private func credentials(for username: String) -> ICECredentials? {
        let parts = username.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        if parts[0] == local.fragment {
            return remoteFragment == nil || parts[1] == remoteFragment ?? "" ? local : nil
        }
        return former.flatMap { parts[0] == $0.fragment ? $0 : nil }
    }

    private func refuse(_ message: STUNMessage, _ code: Int, _ reason: String, _ credentials: ICECredentials?) -> Answer {
        var writer = STUNWriter(.error, message.transaction)
        writer.error(code, reason)
        if code == 420 { writer.unknownAttributes(message.unknown) }
        return Answer(reply: writer.finish(credentials?.password), isAuthentic: credentials != nil)
    }
}
