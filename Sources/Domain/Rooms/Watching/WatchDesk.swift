package import Access
package import Identifiers
package import Peers
import ServiceLifecycle
import Streams
import Synchronization
package import WebRTC

/// Lets people watch a session by WebRTC, and sees to it that nobody does for longer than they may.
///
/// The feed's packets are made while `run` goes on. Any thread may call it.
package final class WatchDesk: Service {
    /// How often is looked whether those who watch still may. Who is removed is gone at once all the same.
    private static let interval: Duration = .seconds(1)

    private struct Viewing {
        let pass: Pass
        /// Ours and theirs, which name this run of ICE.
        var fragment: String
        var remoteFragment: String
    }

    private struct Carrying {
        let relay: FeedRelay
        var viewers = 0
    }

    private struct State {
        var viewings: [PeerID: Viewing] = [:]
        var carried: [FeedID: Carrying] = [:]
    }

    private let rooms: RoomDirectory
    private let peers: any PeerHost
    private let state = Mutex(State())
    private let relays: AsyncStream<(FeedID, FeedRelay)>
    private let inlet: AsyncStream<(FeedID, FeedRelay)>.Continuation

    package init(rooms: RoomDirectory, peers: any PeerHost) {
        self.rooms = rooms
        self.peers = peers
        (relays, inlet) = AsyncStream.makeStream()
        rooms.onRevocation { [weak self] in self?.review() }
    }

    /// Carries the feeds that are watched, until the group shuts down gracefully or the task is cancelled.
    package func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.keepReviewing() }
                for await (feed, relay) in self.relays { group.addTask { await self.carry(relay, of: feed) } }
            }
        }
    }

    private func keepReviewing() async {
        while (try? await Task.sleep(for: Self.interval)) != nil { review() }
    }

    /// Ends those who may not watch any more.
    private func review() {
        let viewings = state.withLock { $0.viewings }
        for (id, viewing) in viewings where !rooms.letsWatch(viewing.pass) { peers.close(id) }
    }
}

// MARK: - Viewers

extension WatchDesk {
    /// Answers an offer to watch the session of the pass, which is good.
    package func watch(_ text: String, with pass: Pass) throws(WatchRefusal) -> Welcome {
        let offer: Offer
        do { offer = try Offer(text) } catch { throw WatchRefusal(error) }
        guard rooms.letsWatch(pass), let feed = rooms.liveFeed(of: pass.session) else { throw .notLive }
        let relay = try join(feed)
        do {
            let welcome = try invite(offer, to: relay) { [weak self] id in self?.forget(id, of: feed.id, by: relay) }
            let viewing = Viewing(
                pass: pass, fragment: welcome.fragment, remoteFragment: offer.credentials.fragment)
            state.withLock { $0.viewings[welcome.id] = viewing }
            // Somebody may have removed them since they were let in.
            if !rooms.letsWatch(pass) { peers.close(welcome.id) }
            return welcome
        } catch {
            leave(feed.id, relay)
            throw error
        }
    }

    private func invite(
        _ offer: Offer, to relay: FeedRelay, onEnd: @escaping @Sendable (PeerID) -> Void
    ) throws(WatchRefusal) -> Welcome {
        let peer: NegotiatedPeer
        do { peer = try offer.accept(as: .viewer(relay.packets.coding)) } catch { throw WatchRefusal(error) }
        do {
            return try peers.invite(peer, to: .watch(relay.packets)) { id, _ in onEnd(id) }
        } catch { throw WatchRefusal(.unavailable, error.message) }
    }

    /// What names the present run of a viewer's ICE; nil where there is no such viewer of the session.
    package func fragment(of id: PeerID, in session: SessionID) -> String? {
        state.withLock { $0.viewings[id].flatMap { $0.pass.session == session ? $0.fragment : nil } }
    }

    /// Takes what a viewer tells of its ICE.
    ///
    /// - Returns: the answer where it has new credentials and so restarts; nil where there is nothing to answer.
    package func take(_ fragment: ICEFragment, from id: PeerID) -> Welcome? {
        guard let remote = fragment.credentials?.fragment,
            state.withLock({ $0.viewings[id].map { $0.remoteFragment != remote } ?? false }),
            let welcome = peers.restart(id, remoteFragment: remote)
        else { return nil }
        state.withLock { state in
            state.viewings[id]?.remoteFragment = remote
            state.viewings[id]?.fragment = welcome.fragment
        }
        return welcome
    }

    package func end(_ id: PeerID) { peers.close(id) }

    private func forget(_ id: PeerID, of feed: FeedID, by relay: FeedRelay) {
        state.withLock { $0.viewings[id] = nil }
        leave(feed, relay)
    }
}

// MARK: - Relays

extension WatchDesk {
    /// Has the feed carried, where it is not yet; each `join` has its `leave`.
    private func join(_ feed: Feed) throws(WatchRefusal) -> FeedRelay {
        do {
            return try state.withLock { state throws(FeedRelay.Obstacle) in
                var carrying: Carrying
                if let known = state.carried[feed.id] {
                    carrying = known
                } else {
                    carrying = Carrying(relay: try FeedRelay(feed))
                    inlet.yield((feed.id, carrying.relay))
                }
                carrying.viewers += 1
                state.carried[feed.id] = carrying
                return carrying.relay
            }
        } catch {
            switch error {
            case .noPicture: throw .notLive
            case .reorders: throw .reorders
            }
        }
    }

    private func leave(_ feed: FeedID, _ relay: FeedRelay) {
        let isUnused = state.withLock { state in
            guard state.carried[feed]?.relay === relay else { return false }
            state.carried[feed]?.viewers -= 1
            guard state.carried[feed]?.viewers == 0 else { return false }
            state.carried[feed] = nil
            return true
        }
        if isUnused { relay.close() }
    }

    private func carry(_ relay: FeedRelay, of feed: FeedID) async {
        await relay.run()
        state.withLock { state in
            if state.carried[feed]?.relay === relay { state.carried[feed] = nil }
        }
    }
}
