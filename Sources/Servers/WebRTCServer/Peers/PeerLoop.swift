import NIOCore
import Peers
import SecureTransport
import WebRTC

/// The peers of one event loop, its sockets, and the one timer of all of them. Only its loop uses it.
final class PeerLoop {
    /// How a datagram came, and so how the answer goes.
    enum Exit: Sendable {
        /// By the socket on this one of the addresses that are listened on.
        case datagrams(Int)
        case stream(any Channel)
    }

    /// Paths that one peer may be seen on.
    private static let maximumPaths = PeerTransport.maximumPaths
    /// Deadlines that are nearer to each other are handled together.
    private static let grain = TimeAmount.milliseconds(5)

    let loop: any EventLoop
    let registry: PeerRegistry
    private let identity: DTLSIdentity
    private let clock: PeerClock
    private let maximumDetours: Int
    private var peers: [PeerID: any LivePeer] = [:]
    private var owners: [ICEPath: PeerID] = [:]
    private var detours: [ICEPath: PeerLoopHandle] = [:]
    private var exits: [ICEPath: Exit] = [:]
    private var deadlines: [PeerID: NIODeadline] = [:]
    private var timer: (at: NIODeadline, task: Scheduled<Void>)?
    private var seats: [ObjectIdentifier: RelaySeat] = [:]
    /// Opens a socket again, by the place of its address; nil once the server stops.
    var reopen: ((Int) -> Void)?
    var sockets = DatagramSockets()

    init(
        _ loop: any EventLoop, registry: PeerRegistry, identity: DTLSIdentity, clock: PeerClock,
        _ configuration: PeerServer.Configuration
    ) {
        self.loop = loop
        self.registry = registry
        self.identity = identity
        self.clock = clock
        maximumDetours = configuration.maximumDetours
    }

    private var handle: PeerLoopHandle { PeerLoopHandle(self) }
}

// MARK: - What comes in

extension PeerLoop {
    func take(_ datagram: ByteBuffer, by path: ICEPath, _ exit: Exit, at now: NIODeadline) {
        if let id = owners[path], let peer = peers[id] {
            peer.receive(datagram, by: path, at: now, on: self)
            settle(peer)
        } else if let detour = detours[path] {
            detour.execute { $0.takeOver(datagram, by: path, exit, at: now) }
        } else {
            greet(datagram, by: path, exit, at: now)
        }
    }

    /// What has come to another loop's socket.
    private func takeOver(_ datagram: ByteBuffer, by path: ICEPath, _ exit: Exit, at now: NIODeadline) {
        take(datagram, by: path, exit, at: now)
        sockets.flush()
    }

    /// A path that is not known: only a check that names a peer opens it. All else of strangers is dropped, and nothing kept.
    private func greet(_ datagram: ByteBuffer, by path: ICEPath, _ exit: Exit, at now: NIODeadline) {
        guard DatagramKind(datagram) == .stun, let username = (try? STUNMessage(datagram))?.username,
            let finding = registry.find(String(username.prefix { $0 != ":" }), for: handle)
        else { return }
        switch finding {
        case .newcomer(let invitation): welcome(invitation, datagram, by: path, exit, at: now)
        case .owned(let id, let owner) where owner.loop === loop:
            guard let peer = peers[id] else { return }
            note(path, exit, of: peer)
            take(datagram, by: path, exit, at: now)
        case .owned(_, let owner):
            if detours.count >= maximumDetours { detours.removeAll() }
            detours[path] = owner
            owner.execute { $0.takeOver(datagram, by: path, exit, at: now) }
        }
    }

    private func welcome(
        _ invitation: Invitation, _ datagram: ByteBuffer, by path: ICEPath, _ exit: Exit, at now: NIODeadline
    ) {
        guard let peer = try? peer(invitation, at: now) else {
            _ = registry.remove(invitation.id)
            return invitation.onEnd(invitation.id, nil)
        }
        if let renewal = invitation.renewal { peer.restart(renewal) }
        peers[peer.id] = peer
        note(path, exit, of: peer)
        take(datagram, by: path, exit, at: now)
    }

    private func peer(_ invitation: Invitation, at now: NIODeadline) throws(DTLSError) -> any LivePeer {
        switch invitation.task {
        case .watch(let relay):
            let machine = try ViewerPeer(invitation.peer, as: invitation.local, identity: identity, clock: clock, at: now)
            return LiveViewer(invitation, relay: relay, machine: machine)
        case .publish(let take):
            let machine = try PublisherPeer(invitation.peer, as: invitation.local, identity: identity, clock: clock, at: now)
            return LivePublisher(invitation, machine: machine, take: take)
        }
    }

    private func note(_ path: ICEPath, _ exit: Exit, of peer: any LivePeer) {
        if peer.paths.count >= Self.maximumPaths, let oldest = peer.paths.firstIndex(where: { $0 != peer.path }) {
            forget(peer.paths.remove(at: oldest))
        }
        peer.paths.append(path)
        (owners[path], exits[path], detours[path]) = (peer.id, exit, nil)
    }

    /// Whether a peer has shown itself on that path, here or on another loop.
    func knows(_ path: ICEPath) -> Bool { owners[path] != nil || detours[path] != nil }

    private func forget(_ path: ICEPath) {
        (owners[path], exits[path]) = (nil, nil)
    }
}

// MARK: - What goes out

extension PeerLoop {
    /// Sends what a peer has to send, and notes when it wants to be woken. `flush` follows.
    private func settle(_ peer: any LivePeer) {
        while let train = peer.nextTrain() {
            if let exit = exits[train.path] { sockets.write(train, by: exit) }
        }
        guard !peer.isClosed else { return remove(peer) }
        deadlines[peer.id] = peer.deadline
        if let deadline = peer.deadline { wake(at: deadline) }
    }

    private func remove(_ peer: any LivePeer) {
        guard peers.removeValue(forKey: peer.id) != nil else { return }
        deadlines[peer.id] = nil
        for path in peer.paths { forget(path) }
        _ = registry.remove(peer.id)
        peer.leave(self)
    }

    func close(_ id: PeerID) {
        guard let peer = peers[id] else { return }
        peer.close()
        settle(peer)
        sockets.flush()
    }

    func restart(_ id: PeerID, _ renewal: Renewal) { peers[id]?.restart(renewal) }

    func requestKeyFrame(of id: PeerID) {
        guard let publisher = peers[id] as? LivePublisher else { return }
        publisher.machine.requestKeyFrame(at: .now())
        settle(publisher)
        sockets.flush()
    }
}

// MARK: - Sockets

extension PeerLoop {
    /// A send that the kernel refuses closes its socket. Trains may be what it refused, so that from here on they are cut here;
    /// the peers are served by a new socket on the same port.
    func lose(socket place: Int) {
        sockets.set(nil, at: place)
        sockets.cutTrainsOurselves()
        reopen?(place)
    }

    /// Nothing more comes in or goes out.
    func stop() {
        reopen = nil
        for channel in sockets.all { channel.close(promise: nil) }
    }
}

// MARK: - Time

extension PeerLoop {
    private func wake(at deadline: NIODeadline) {
        if let timer, timer.at <= deadline { return }
        timer?.task.cancel()
        let at = max(deadline, .now() + Self.grain)
        let handle = handle
        timer = (at, loop.scheduleTask(deadline: at) { handle.execute { $0.handleDeadlines(at: .now()) } })
    }

    private func handleDeadlines(at now: NIODeadline) {
        timer = nil
        for (id, deadline) in deadlines where deadline <= now {
            guard let peer = peers[id] else { continue }
            peer.handleDeadline(at: now, on: self)
            settle(peer)
        }
        sockets.flush()
        if let next = deadlines.values.min() { wake(at: next) }
    }
}

// MARK: - Fan-out

/// The viewers of one relay on one loop, and what a newcomer among them is sent first.
private struct RelaySeat {
    let relay: PacketRelay
    let number: UInt64
    var cache: GroupCache
    var viewers: [PeerID: LiveViewer] = [:]
}

extension PeerLoop {
    /// Has a viewer sent what its relay carries.
    ///
    /// - Returns: what was carried since the last key frame.
    func seat(_ viewer: LiveViewer) -> [PacketGroup] {
        let key = ObjectIdentifier(viewer.relay)
        if seats[key] == nil {
            let handle = handle
            let (number, backlog) = viewer.relay.join { event in handle.execute { $0.take(event, of: key) } }
            seats[key] = RelaySeat(relay: viewer.relay, number: number, cache: GroupCache(backlog))
        }
        seats[key]?.viewers[viewer.id] = viewer
        return cache(of: viewer.relay)
    }

    func cache(of relay: PacketRelay) -> [PacketGroup] { seats[ObjectIdentifier(relay)]?.cache.groups ?? [] }

    func unseat(_ viewer: LiveViewer) {
        let key = ObjectIdentifier(viewer.relay)
        seats[key]?.viewers[viewer.id] = nil
        guard let seat = seats[key], seat.viewers.isEmpty else { return }
        seat.relay.leave(seat.number)
        seats[key] = nil
    }

    private func take(_ event: RelayEvent, of key: ObjectIdentifier) {
        guard let viewers = seats[key]?.viewers.values else { return }
        switch event {
        case .groups(let groups):
            for group in groups { seats[key]?.cache.append(group) }
            let now = NIODeadline.now()
            for viewer in viewers { send(groups, to: viewer, at: now) }
        case .interrupted:
            seats[key]?.cache.clear()
            for viewer in viewers { viewer.machine.skipToKeyFrame() }
        case .ended:
            for viewer in viewers {
                viewer.close()
                settle(viewer)
            }
        }
        sockets.flush()
    }

    /// A viewer to whom no more can be written goes on at the next key frame.
    private func send(_ groups: [PacketGroup], to viewer: LiveViewer, at now: NIODeadline) {
        guard let exit = viewer.path.flatMap({ exits[$0] }), sockets.isWritable(exit) else {
            return viewer.machine.skipToKeyFrame()
        }
        for group in groups { viewer.machine.send(group, at: now) }
        settle(viewer)
    }
}
