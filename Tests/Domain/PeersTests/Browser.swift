import NIOCore
import Peers
import SecureTransport
import WebRTC

/// The other side of a call: a full agent, which controls and nominates, with one address.
final class Browser {
    static let fragment = "browser"
    static let checkInterval = TimeAmount.milliseconds(50)
    static let consentInterval = TimeAmount.seconds(5)

    let identity: DTLSIdentity
    let path: ICEPath
    private let dtls: DTLSConnection
    private let server: ICECredentials
    private(set) var sender: SRTPSender?
    private(set) var received: [ByteBuffer] = []
    private(set) var isNominated = false
    private(set) var ending: DTLSClosure?
    private var receiver: SRTPReceiver?
    private var nextCheck = NIODeadline.uptimeNanoseconds(0)
    private var transactions: UInt64 = 0
    private var outgoing = CircularBuffer<ByteBuffer>()
    /// Whether it has stopped: its network is gone.
    var isSilent = false

    init(role: DTLSRole, server: ICECredentials, _ fingerprint: Fingerprint) throws {
        identity = try DTLSIdentity()
        dtls = try DTLSConnection(identity, role: role, peer: [fingerprint])
        path = ICEPath(.udp, try SocketAddress(ipAddress: "192.0.2.7", port: 40_000))
        self.server = server
    }

    var isConnected: Bool { sender != nil }

    func deadline(at now: NIODeadline) -> NIODeadline? {
        guard !isSilent else { return nil }
        return dtls.deadline(from: now).map { min($0, nextCheck) } ?? nextCheck
    }

    func handleDeadline(at now: NIODeadline) {
        guard !isSilent else { return }
        if nextCheck <= now { check(at: now) }
        if let deadline = dtls.deadline(from: now), deadline <= now { follow(dtls.timeOut()) }
    }

    private func check(at now: NIODeadline) {
        outgoing.append(check(nominating: true))
        nextCheck = now + (isNominated ? Self.consentInterval : Self.checkInterval)
    }

    /// A check that the server's side answers.
    func check(nominating: Bool) -> ByteBuffer {
        transactions += 1
        var writer = STUNWriter(.request, STUNTransaction(high: 1, low: transactions))
        writer.username("\(server.fragment):\(Self.fragment)")
        writer.priority(1)
        writer.controlling(tieBreaker: 1)
        if nominating { writer.useCandidate() }
        return writer.finish(server.password)
    }

    func receive(_ datagram: ByteBuffer, at now: NIODeadline) {
        guard !isSilent else { return }
        switch DatagramKind(datagram) {
        case .stun: hear(datagram)
        case .dtls: follow(dtls.receive(datagram))
        case .media:
            var packet = datagram
            if receiver?.unprotect(&packet) != nil { received.append(packet) }
        case nil: break
        }
    }

    private func hear(_ datagram: ByteBuffer) {
        guard let message = try? STUNMessage(datagram), message.kind == .success, message.isAuthentic(server.password),
            !isNominated
        else { return }
        isNominated = true
        follow(dtls.start())
    }

    private func follow(_ progress: DTLSProgress) {
        switch progress {
        case .none: break
        case .closed(let closure): ending = closure
        case .established(let keying):
            sender = try? SRTPSender(keying.profile, keying.outbound)
            receiver = try? SRTPReceiver(keying.profile, keying.inbound)
        }
    }

    func nextDatagram() -> PeerDatagram? {
        guard let bytes = outgoing.popFirst() ?? dtls.nextDatagram(), !isSilent else { return nil }
        return PeerDatagram(path: path, bytes: bytes)
    }

    func send(_ index: UInt64, _ payload: ByteBuffer) {
        var packet = rtpHeader(index, ssrc: 0xB0B)
        if sender?.protect(payload, behind: 0, in: &packet, ssrc: 0xB0B, index: index) == true { outgoing.append(packet) }
    }

    func sayGoodbye() {
        dtls.close()
    }
}

func rtpHeader(_ index: UInt64, ssrc: UInt32) -> ByteBuffer {
    var header = ByteBuffer()
    header.writeMultipleIntegers(UInt8(0x80), UInt8(96), UInt16(truncatingIfNeeded: index), UInt32(index), ssrc)
    return header
}
