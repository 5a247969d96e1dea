package import WebRTC

/// Takes peers in: the server with the sockets, as those know it who negotiate with them.
package protocol PeerHost: Sendable {
    /// Takes in a peer. It comes by itself, within `PeerTransport.establishTime`.
    ///
    /// - Parameter onEnd: told once, when the peer is gone; with why, where that was not asked for by `close`.
    func invite(
        _ peer: NegotiatedPeer, to task: PeerTask, onEnd: @escaping @Sendable (PeerID, PeerEnding?) -> Void
    ) throws(PeerRefusal) -> Welcome

    /// Gives a peer new credentials (RFC 8445 §9); media goes on meanwhile. Nil where there is no such peer.
    func restart(_ id: PeerID, remoteFragment: String) -> Welcome?

    /// Ends a peer: nothing more is sent to it, or taken from it.
    func close(_ id: PeerID)
}

/// A peer that is taken in, or goes on with new credentials.
package struct Welcome: Hashable, Sendable {
    package let id: PeerID
    /// To its offer a whole description, to a restart a fragment of one (RFC 8840 §9).
    package let answer: String
    /// Our credentials' fragment, which names this run of ICE.
    package let fragment: String

    package init(id: PeerID, answer: String, fragment: String) {
        (self.id, self.answer, self.fragment) = (id, answer, fragment)
    }
}

/// What a peer is here for.
package enum PeerTask: Sendable {
    /// It watches what the relay carries, until that ends.
    case watch(PacketRelay)
    /// It publishes: what it sends is told on its event loop, one call at a time, and must not be held up there.
    case publish(@Sendable (PublisherEvent) -> Void)
}

/// Why no peer can be taken in now, for whoever asks: there are as many as there may be, or the server does not listen.
package struct PeerRefusal: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}
