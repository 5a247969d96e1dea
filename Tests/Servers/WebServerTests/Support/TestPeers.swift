import Peers
import RTP
import Synchronization
import WebRTC

/// Takes peers in who never come.
final class TestPeers: PeerHost {
    private struct Guest {
        let peer: NegotiatedPeer
        let onEnd: @Sendable (PeerID, PeerEnding?) -> Void
    }

    private static let credentials = ICECredentials(random: Array(repeating: 1, count: ICECredentials.randomness))
    private static let renewed = ICECredentials(random: Array(repeating: 2, count: ICECredentials.randomness))
    private let guests = Mutex<[PeerID: Guest]>([:])

    func invite(
        _ peer: NegotiatedPeer, to task: PeerTask, onEnd: @escaping @Sendable (PeerID, PeerEnding?) -> Void
    ) throws(PeerRefusal) -> Welcome {
        let id = PeerID()
        guests.withLock { $0[id] = Guest(peer: peer, onEnd: onEnd) }
        return Welcome(id: id, answer: peer.answer(of: Self.local), fragment: Self.credentials.fragment)
    }

    func restart(_ id: PeerID, remoteFragment: String) -> Welcome? {
        guard let peer = guests.withLock({ $0[id] })?.peer else { return nil }
        let answer = peer.restart(of: Self.local, with: Self.renewed)
        return Welcome(id: id, answer: answer, fragment: Self.renewed.fragment)
    }

    func close(_ id: PeerID) {
        guests.withLock { $0.removeValue(forKey: id) }?.onEnd(id, nil)
    }

    private static let local = LocalPeer(
        credentials: credentials, fingerprint: Array(repeating: 3, count: 32),
        candidates: [Candidate(.udp, address: "127.0.0.1", port: 8189, preference: 1)], number: 1, name: "test", sources: [:])
}
