import NIOCore

/// A loop's peers as other threads know them: all that is said to them is said on the loop.
struct PeerLoopHandle: Sendable {
    let loop: any EventLoop
    private let peers: NIOLoopBound<PeerLoop>

    /// On the loop.
    init(_ peers: PeerLoop) {
        loop = peers.loop
        self.peers = NIOLoopBound(peers, eventLoop: peers.loop)
    }

    /// On the loop.
    var value: PeerLoop { peers.value }

    func execute(_ action: @escaping @Sendable (PeerLoop) -> Void) {
        loop.execute { action(peers.value) }
    }
}
