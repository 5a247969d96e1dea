package import Logging
package import NIOCore
import NIOPosix
package import Peers
import RTP
package import SecureTransport
import ServiceLifecycle
import Synchronization
package import Time
package import WebRTC

/// Takes in those who publish and those who watch by WebRTC: over UDP, and over TCP (RFC 6544) where nothing else gets through.
///
/// It listens from `run()` on until the group shuts down gracefully, then says goodbye to every peer. Each peer lives on one
/// event loop, and each loop has one socket for each address that is listened on.
package final class PeerServer: Service, Sendable {
    private struct State {
        /// Where peers are told to come; empty while nothing is listened on.
        var candidates: [Candidate] = []
    }

    private let configuration: Configuration
    private let identity: DTLSIdentity
    private let clock: any WallClock
    private let group: any EventLoopGroup
    private let logger: Logger
    private let registry: PeerRegistry
    private let state = Mutex(State())
    private let onListening: @Sendable ([SocketAddress]) -> Void

    /// - Parameters:
    ///   - clock: the one that times what arrives.
    ///   - onListening: told the addresses once peers are taken in.
    package init(
        configuration: Configuration = Configuration(), identity: DTLSIdentity, clock: any WallClock,
        group: any EventLoopGroup, logger: Logger, onListening: @escaping @Sendable ([SocketAddress]) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.identity = identity
        self.clock = clock
        self.group = group
        self.logger = logger
        self.onListening = onListening
        registry = PeerRegistry(maximum: configuration.maximumPeers)
    }

    /// Peers at this time, those included who were invited and have not come yet. Any thread may ask.
    package var peers: Int { registry.count }
}

// MARK: - Peers

extension PeerServer: PeerHost {
    package func invite(
        _ peer: NegotiatedPeer, to task: PeerTask, onEnd: @escaping @Sendable (PeerID, PeerEnding?) -> Void = { _, _ in }
    ) throws(PeerRefusal) -> Welcome {
        let candidates = state.withLock { $0.candidates }
        guard !candidates.isEmpty else { throw PeerRefusal("The server does not take peers in now.") }
        let local = LocalPeer(peer, credentials: .random(), fingerprint: identity.fingerprint.digest, candidates: candidates)
        let invitation = Invitation(id: PeerID(), peer: peer, local: local, task: task, onEnd: onEnd)
        guard registry.add(invitation, at: .now()) else {
            throw PeerRefusal("The server has its maximum of \(configuration.maximumPeers) peers.")
        }
        return Welcome(id: invitation.id, answer: peer.answer(of: local), fragment: local.credentials.fragment)
    }

    package func restart(_ id: PeerID, remoteFragment: String) -> Welcome? {
        let renewal = Renewal(credentials: .random(), remoteFragment: remoteFragment)
        guard let (invitation, owner) = registry.renew(id, renewal) else { return nil }
        owner?.execute { $0.restart(id, renewal) }
        let answer = invitation.peer.restart(of: invitation.local, with: renewal.credentials)
        return Welcome(id: id, answer: answer, fragment: renewal.credentials.fragment)
    }

    package func close(_ id: PeerID) {
        if let owner = registry.owner(of: id) {
            owner.execute { $0.close(id) }
        } else {
            registry.remove(id)?.onEnd(id, nil)
        }
    }

    /// Asks one who publishes for a key frame. Any thread may ask, as often as it likes.
    package func requestKeyFrame(of id: PeerID) {
        registry.owner(of: id)?.execute { $0.requestKeyFrame(of: id) }
    }

    package func has(_ id: PeerID) -> Bool { registry.contains(id) }
}

// MARK: - Life

extension PeerServer {
    /// - Throws: `PeerServerError` where an address cannot be listened on.
    package func run() async throws {
        let loops = try await makeLoops()
        var channels: [any Channel] = []
        defer {
            for channel in channels { channel.close(promise: nil) }
            for handle in loops { handle.execute { $0.stop() } }
        }
        var addresses: [SocketAddress] = []
        var places: [@Sendable (PeerLoopHandle) -> Void] = []
        for (place, host) in configuration.hosts.enumerated() {
            let listener = Listener(host: host, place: place, peers: loops, configuration: configuration, logger: logger)
            let (address, streams) = try await open(listener)
            addresses.append(address)
            channels.append(streams)
            places.append { listener.reopen($0, on: address.port ?? 0) }
        }
        for handle in loops { handle.execute { [places] loop in loop.reopen = { places[$0](handle) } } }
        let candidates = try Announcement(configuration.announced).candidates(for: addresses)
        state.withLock { $0.candidates = candidates }
        onListening(addresses)
        await cancelWhenGracefulShutdown { await self.sweep() }
        state.withLock { $0.candidates = [] }
        for id in registry.all { close(id) }
        // What is said last is on its way once each loop has taken a turn.
        for handle in loops { try? await handle.loop.submit {}.get() }
    }

    private func makeLoops() async throws -> [PeerLoopHandle] {
        let (registry, identity, configuration) = (registry, identity, configuration)
        let clock = PeerClock(.now(), is: clock.now())
        var handles: [PeerLoopHandle] = []
        for loop in group.makeIterator() {
            let handle = try await loop.submit {
                PeerLoopHandle(PeerLoop(loop, registry: registry, identity: identity, clock: clock, configuration))
            }.get()
            handles.append(handle)
        }
        return handles
    }

    private func open(_ listener: Listener) async throws -> (SocketAddress, any Channel) {
        do {
            let streams = try await listener.listen(on: configuration.port, group)
            guard let address = streams.localAddress, let port = address.port else { throw ChannelError.unknownLocalAddress }
            for handle in listener.peers { _ = try await listener.open(handle, on: port).get() }
            logger.info("WebRTC is listening", metadata: ["address": "\(address)"])
            return (address, streams)
        } catch {
            let address = "\(listener.host):\(configuration.port)"
            throw PeerServerError(.cannotListen, "\(address) cannot be opened for WebRTC, by UDP and TCP.", cause: error)
        }
    }

    /// Until the server stops.
    private func sweep() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            for invitation in registry.sweep(at: .now()) { invitation.onEnd(invitation.id, .tooSlow) }
        }
    }
}

extension ICECredentials {
    static func random() -> ICECredentials {
        ICECredentials(random: (0..<randomness).map { _ in UInt8.random(in: .min ... .max) })
    }
}

extension LocalPeer {
    /// A stream for each section, with one for its repairs where the peer takes such.
    init(_ peer: NegotiatedPeer, credentials: ICECredentials, fingerprint: [UInt8], candidates: [Candidate]) {
        var sources: [String: Offer.Source] = [:]
        for section in peer.sections {
            let repair = section.repairType.map { _ in SSRC(.random(in: 1 ... .max)) }
            sources[section.offered.mid] = Offer.Source(media: SSRC(.random(in: 1 ... .max)), repair: repair)
        }
        self.init(
            credentials: credentials, fingerprint: fingerprint, candidates: candidates, number: .random(in: .min ... .max),
            name: PeerID().description, sources: sources)
    }
}
