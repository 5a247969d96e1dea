import NIOCore
import Peers
import Synchronization
import WebRTC

/// Which event loop owns which peer. Any thread may call it.
///
/// A peer is born on the loop where its first packet arrives, so that hardly any packet changes loops: the kernel brings all that
/// comes from one address to one socket.
final class PeerRegistry: Sendable {
    /// What stands behind the name in a check (RFC 8445 §7.3).
    enum Finding {
        /// It is the asking loop's own from now on.
        case newcomer(Invitation)
        case owned(PeerID, by: PeerLoopHandle)
    }

    private struct Entry {
        var invitation: Invitation
        let invitedAt: NIODeadline
        var owner: PeerLoopHandle?
        var fragments: [String]
    }

    private struct State {
        var entries: [PeerID: Entry] = [:]
        var byFragment: [String: PeerID] = [:]
    }

    private let maximum: Int
    private let state = Mutex(State())

    init(maximum: Int) {
        self.maximum = maximum
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// False where there are as many as there may be.
    func add(_ invitation: Invitation, at now: NIODeadline) -> Bool {
        state.withLock { state in
            guard state.entries.count < maximum else { return false }
            let fragment = invitation.local.credentials.fragment
            state.entries[invitation.id] = Entry(invitation: invitation, invitedAt: now, fragments: [fragment])
            state.byFragment[fragment] = invitation.id
            return true
        }
    }

    /// Whose check it is that names `fragment`; nil where that is nobody's.
    func find(_ fragment: String, for loop: PeerLoopHandle) -> Finding? {
        state.withLock { state in
            guard let id = state.byFragment[fragment], let entry = state.entries[id] else { return nil }
            if let owner = entry.owner { return .owned(id, by: owner) }
            state.entries[id]?.owner = loop
            return .newcomer(entry.invitation)
        }
    }

    func owner(of id: PeerID) -> PeerLoopHandle? { state.withLock { $0.entries[id]?.owner } }

    func contains(_ id: PeerID) -> Bool { state.withLock { $0.entries[id] != nil } }

    /// The peer answers to a new name too: it restarts. One that has not come yet begins with the new credentials.
    ///
    /// - Returns: what it was invited with, and who owns it, where somebody does; nil where there is no such peer.
    func renew(_ id: PeerID, _ renewal: Renewal) -> (invitation: Invitation, owner: PeerLoopHandle?)? {
        state.withLock { state in
            guard let former = state.entries[id] else { return nil }
            // The last but one is still good until the new one has nominated a path.
            for forgotten in former.fragments.dropLast() { state.byFragment[forgotten] = nil }
            state.entries[id]?.fragments = former.fragments.suffix(1) + [renewal.credentials.fragment]
            state.byFragment[renewal.credentials.fragment] = id
            if former.owner == nil { state.entries[id]?.invitation.renewal = renewal }
            return (former.invitation, former.owner)
        }
    }

    /// - Returns: what it was invited with, where no loop owns it.
    func remove(_ id: PeerID) -> Invitation? {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: id) else { return nil }
            for fragment in entry.fragments { state.byFragment[fragment] = nil }
            return entry.owner == nil ? entry.invitation : nil
        }
    }

    /// Forgets those who were invited and did not come in time.
    func sweep(at now: NIODeadline) -> [Invitation] {
        let late = state.withLock { state in
            state.entries.values.filter { $0.owner == nil && now - $0.invitedAt > PeerTransport.establishTime }
        }
        return late.compactMap { remove($0.invitation.id) }
    }

    var all: [PeerID] { state.withLock { Array($0.entries.keys) } }
}
