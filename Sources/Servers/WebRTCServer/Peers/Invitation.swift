package import Peers
import WebRTC

/// Names one peer of this server. Whoever knows it may end the peer: it cannot be guessed (WHIP-22).
package struct PeerID: Hashable, Sendable, CustomStringConvertible {
    private static let length = 16
    /// 32 hexadecimal digits.
    package let description: String

    package init(_ text: String) {
        description = text
    }

    /// A new one, of 128 random bits.
    init() {
        let bytes = (0..<Self.length).map { _ in UInt8.random(in: .min ... .max) }
        self.init(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }
}

/// What a peer is here for.
package enum PeerTask: Sendable {
    /// It watches what the relay carries, until that ends.
    case watch(PacketRelay)
    /// It publishes: what it sends is told on its event loop, one call at a time, and must not be held up there.
    case publish(@Sendable (PublisherEvent) -> Void)
}

/// A peer whose offer was answered, before its first packet has come: no event loop owns it yet.
struct Invitation: Sendable {
    let id: PeerID
    let peer: NegotiatedPeer
    let local: LocalPeer
    let task: PeerTask
    /// The credentials that it was given since, before its first packet came.
    var renewal: Renewal?
    /// Told once, when the peer is gone.
    let onEnd: @Sendable (PeerEnding?) -> Void
}

/// New credentials on both sides (RFC 8445 §9).
struct Renewal: Sendable {
    let credentials: ICECredentials
    let remoteFragment: String?
}
