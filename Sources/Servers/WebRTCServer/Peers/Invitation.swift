import Peers
import WebRTC

/// A peer whose offer was answered, before its first packet has come: no event loop owns it yet.
struct Invitation: Sendable {
    let id: PeerID
    let peer: NegotiatedPeer
    let local: LocalPeer
    let task: PeerTask
    /// The credentials that it was given since, before its first packet came.
    var renewal: Renewal?
    /// Told once, when the peer is gone.
    let onEnd: @Sendable (PeerID, PeerEnding?) -> Void
}

/// New credentials on both sides (RFC 8445 §9).
struct Renewal: Sendable {
    let credentials: ICECredentials
    let remoteFragment: String?
}
