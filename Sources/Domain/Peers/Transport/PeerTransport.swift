package import NIOCore
import RTP
package import SecureTransport
package import WebRTC

/// The way to one peer: ICE, DTLS and SRTP as one machine, without its socket and clock.
///
///     checking ──nominated──▶ securing ──keys agreed on──▶ connected
///         │                      │                             │
///         └──────────────────────┴──────────▶ closed ◀─────────┘
///                        too slow, silent, not who it should be, goodbye
///
/// Do one thing to it, then take `nextDatagram` until there is none, and call `handleDeadline` when `deadline` has come. What is
/// forged or makes no sense is dropped and counted. Media that comes before the keys is dropped: its sender repeats a key frame
/// when it is asked.
package struct PeerTransport: ~Copyable {
    /// How long a peer may take until it is connected.
    package static let establishTime = TimeAmount.seconds(20)
    /// Paths that have proved to be the peer's; a browser tries one for each of its addresses.
    package static let maximumPaths = 32
    /// Answers to checks that wait to be sent. They are taken after each datagram.
    private static let maximumReplies = 64

    private enum Phase {
        case establishing
        case connected(SRTPSender, SRTPReceiver)
        case closed
    }

    private var agent: LiteAgent
    private let dtls: DTLSConnection
    private var phase = Phase.establishing
    private var hasStarted = false
    private let establishDeadline: NIODeadline
    private var dtlsDeadline: NIODeadline?
    private var paths: [ICEPath] = []
    private var replies = CircularBuffer<PeerDatagram>()
    /// What was dropped, by why.
    package private(set) var dropped = DropCounts()

    package init(_ setup: PeerSetup, identity: DTLSIdentity, at now: NIODeadline) throws(DTLSError) {
        agent = LiteAgent(setup.credentials, remoteFragment: setup.remoteFragment, at: now)
        dtls = try DTLSConnection(identity, role: setup.role, peer: setup.fingerprints)
        establishDeadline = now + Self.establishTime
    }

    package var credentials: ICECredentials { agent.local }

    /// Where media goes; nil before a path was nominated.
    package var path: ICEPath? { agent.path }

    package var isConnected: Bool {
        switch phase {
        case .connected: true
        case .establishing, .closed: false
        }
    }

    package var isClosed: Bool {
        switch phase {
        case .closed: true
        case .establishing, .connected: false
        }
    }
}

// MARK: - What comes in

extension PeerTransport {
    package mutating func receive(_ datagram: ByteBuffer, by path: ICEPath, at now: NIODeadline) -> TransportEvent? {
        guard !isClosed else { return nil }
        switch DatagramKind(datagram) {
        case .stun: return check(datagram, by: path, at: now)
        case .dtls where paths.contains(path):
            return follow(dtls.receive(datagram), at: now)
        case .media where paths.contains(path): return open(datagram)
        case .dtls, .media:
            dropped.stray += 1
            return nil
        case nil:
            dropped.foreign += 1
            return nil
        }
    }

    private mutating func check(_ datagram: ByteBuffer, by path: ICEPath, at now: NIODeadline) -> TransportEvent? {
        guard let message = try? STUNMessage(datagram) else {
            dropped.foreign += 1
            return nil
        }
        let answer = agent.receive(message, by: path, at: now)
        if let reply = answer.reply, replies.count < Self.maximumReplies {
            replies.append(PeerDatagram(path: path, bytes: reply))
        }
        if answer.isAuthentic { remember(path) } else { dropped.forged += 1 }
        guard answer.event != nil, !hasStarted else { return nil }
        hasStarted = true
        return follow(dtls.start(), at: now)
    }

    private mutating func remember(_ path: ICEPath) {
        guard !paths.contains(path) else { return }
        if paths.count == Self.maximumPaths, let oldest = paths.firstIndex(where: { $0 != agent.path }) {
            paths.remove(at: oldest)
        }
        paths.append(path)
    }

    private mutating func follow(_ progress: DTLSProgress, at now: NIODeadline) -> TransportEvent? {
        dtlsDeadline = dtls.deadline(from: now)
        switch progress {
        case .none: return nil
        case .closed(let closure): return end(.secured(closure))
        case .established(let keying):
            guard let sender = try? SRTPSender(keying.profile, keying.outbound),
                let receiver = try? SRTPReceiver(keying.profile, keying.inbound)
            else { return end(.secured(.noProfile)) }
            phase = .connected(sender, receiver)
            return .connected(keying.profile)
        }
    }

    private mutating func open(_ datagram: ByteBuffer) -> TransportEvent? {
        guard case .connected(_, let receiver) = phase else {
            dropped.early += 1
            return nil
        }
        var packet = datagram
        if RTPPacket.isControl(datagram) {
            if receiver.unprotectControl(&packet) { return .control(packet) }
        } else if let index = receiver.unprotect(&packet) {
            return .media(packet, index: index)
        }
        dropped.forged += 1
        return nil
    }
}

// MARK: - Time

extension PeerTransport {
    /// When `handleDeadline` is to be called; nil where the machine is closed.
    package var deadline: NIODeadline? {
        guard !isClosed else { return nil }
        let first = isConnected ? agent.deadline : min(agent.deadline, establishDeadline)
        return dtlsDeadline.map { min($0, first) } ?? first
    }

    package mutating func handleDeadline(at now: NIODeadline) -> TransportEvent? {
        guard !isClosed else { return nil }
        if now >= agent.deadline { return end(.silent) }
        if !isConnected, now >= establishDeadline { return end(.tooSlow) }
        guard let deadline = dtlsDeadline, now >= deadline else { return nil }
        return follow(dtls.timeOut(), at: now)
    }
}

// MARK: - What goes out

extension PeerTransport {
    /// What is to be sent besides media: answers to checks, and the handshake once there is a path.
    package mutating func nextDatagram() -> PeerDatagram? {
        if let reply = replies.popFirst() { return reply }
        guard let path = agent.path else { return nil }
        return dtls.nextDatagram().map { PeerDatagram(path: path, bytes: $0) }
    }

    /// Writes `payload`, protected, behind the RTP header that `packet` ends with, and that begins at `start`.
    ///
    /// - Parameter index: as `SRTPSender` takes it.
    /// - Returns: false where there are no keys; the header is taken away then.
    package func protect(
        _ payload: ByteBuffer, behind start: Int, in packet: inout ByteBuffer, ssrc: UInt32, index: UInt64
    ) -> Bool {
        guard case .connected(let sender, _) = phase else {
            packet.moveWriterIndex(to: start)
            return false
        }
        return sender.protect(payload, behind: start, in: &packet, ssrc: ssrc, index: index)
    }

    /// A compound RTCP packet as it goes to the peer; nil where there are no keys.
    package func protect(control packet: ByteBuffer) -> ByteBuffer? {
        guard case .connected(let sender, _) = phase else { return nil }
        var packet = packet
        return sender.protectControl(in: &packet, from: packet.readerIndex) ? packet : nil
    }

    /// New credentials on both sides (RFC 8445 §9); media goes on meanwhile.
    package mutating func restart(_ credentials: ICECredentials, remoteFragment: String?) {
        agent.restart(credentials, remoteFragment: remoteFragment)
    }

    /// Says goodbye; what is to be sent is still taken with `nextDatagram`.
    package mutating func close() {
        guard !isClosed else { return }
        dtls.close()
        phase = .closed
    }

    private mutating func end(_ ending: PeerEnding) -> TransportEvent {
        dtls.close()
        phase = .closed
        return .closed(ending)
    }
}
