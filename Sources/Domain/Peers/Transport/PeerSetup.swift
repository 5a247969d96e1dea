package import NIOCore
package import SecureTransport
package import WebRTC

/// What a peer's transport is made from: the two descriptions.
package struct PeerSetup: Sendable {
    /// Ours.
    package let credentials: ICECredentials
    package let remoteFragment: String?
    /// Of the peer's certificate, any one of which it must have.
    package let fingerprints: [Fingerprint]
    /// Ours.
    package let role: DTLSRole

    package init(credentials: ICECredentials, remoteFragment: String?, fingerprints: [Fingerprint], role: DTLSRole) {
        self.credentials = credentials
        self.remoteFragment = remoteFragment
        self.fingerprints = fingerprints
        self.role = role
    }
}

/// A datagram and the way it goes.
package struct PeerDatagram: Hashable, Sendable {
    package let path: ICEPath
    package let bytes: ByteBuffer

    package init(path: ICEPath, bytes: ByteBuffer) {
        self.path = path
        self.bytes = bytes
    }
}

package enum TransportEvent: Hashable, Sendable {
    case connected(SRTPProfile)
    /// An RTP packet in the clear, and its index (RFC 3711 §3.3.1).
    case media(ByteBuffer, index: UInt64)
    /// A compound RTCP packet in the clear.
    case control(ByteBuffer)
    case closed(PeerEnding)
}

/// Why a peer is gone.
package enum PeerEnding: Hashable, Sendable {
    /// Nothing authentic was heard from it for `LiteAgent.consent`.
    case silent
    /// It was not connected within `PeerTransport.establishTime`.
    case tooSlow
    case secured(DTLSClosure)
}

/// Datagrams that came to nothing, by why.
package struct DropCounts: Hashable, Sendable {
    /// No protocol of ours, or torn.
    package var foreign = 0
    /// Not from whom it should be, or played again.
    package var forged = 0
    /// From an address that has not proved to be the peer's.
    package var stray = 0
    /// Media before the keys.
    package var early = 0
}

extension PeerSetup {
    /// From what was negotiated. A digest of a kind that does not vouch is left out.
    package init(_ peer: NegotiatedPeer, credentials: ICECredentials) {
        let fingerprints = peer.offer.fingerprints.compactMap { said in
            Fingerprint.Algorithm(rawValue: said.algorithm).map { Fingerprint(algorithm: $0, digest: said.digest) }
        }
        self.init(
            credentials: credentials, remoteFragment: peer.offer.credentials.fragment, fingerprints: fingerprints,
            role: peer.beginsHandshake ? .client : .server)
    }
}
