import Access
import Identifiers
import Programme
import Streams
import Synchronization
import Time

/// Who is sent a session's media without asking for each piece.
extension RoomDirectory {
    /// Whether the holder of the pass may be sent the session's media now: it runs, nobody has removed them, and this pass is still
    /// good or one that they were given since. Whoever may has been heard of.
    func letsWatch(_ pass: Pass) -> Bool {
        let now = clock.now()
        return state.withLock { state in
            guard pass.rights.contains(.watch), let live = state.sessions[pass.session], live.phase == .running,
                state.removal(of: pass.participant, from: pass.session) == nil, !state.revoked.contains(pass.participant),
                max(pass.expires, live.passes[pass.participant] ?? pass.expires) > now
            else { return false }
            state.sessions[pass.session]?.attendance.watch(pass.participant, now: now)
            return true
        }
    }

    /// What is published live in the session's room; nil where nothing is.
    func liveFeed(of session: SessionID) -> Feed? {
        let room = state.withLock { $0.sessions[session]?.session.room }
        guard let feed = room.flatMap(feeds.feed(in:)), feed.health.state == .live else { return nil }
        return feed
    }

    /// Calls `action` whenever somebody has lost the right to be in a session, at once and on the thread where that happens.
    func onRevocation(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onRevocation = action }
    }

    func tellRevocation() {
        state.withLock { $0.onRevocation }?()
    }
}
