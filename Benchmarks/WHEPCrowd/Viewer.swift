import NIOCore
import RTP
import SecureTransport
import WebRTC

/// One who watches: a full ICE agent with one address, the client's side of DTLS, and SRTP. It asks for nothing again, so that
/// whatever is lost shows. Only its loop uses it.
final class Viewer: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    /// Between checks and repeated flights until it is connected.
    private static let eagerness = TimeAmount.milliseconds(20)
    /// From then on, as Chromium has it.
    private static let reportInterval = TimeAmount.seconds(1)
    private static let consentInterval = TimeAmount.milliseconds(2500)

    private let identity: DTLSIdentity
    private let credentials = ICECredentials(random: (0..<ICECredentials.randomness).map { _ in .random(in: .min ... .max) })
    private let onFrame: (Reception.Frame) -> Void
    private var server: ServerSide?
    private var dtls: DTLSConnection?
    private var keys: (sender: SRTPSender, receiver: SRTPReceiver)?
    private var isNominated = false
    private var transactions: UInt64 = 0
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    private var askedAt = NIODeadline.distantPast
    private var checkedAt = NIODeadline.distantPast
    private(set) var reception = Reception()
    /// How long it took from its POST to its first whole key frame.
    private(set) var firstPicture: TimeAmount?

    init(_ identity: DTLSIdentity, onFrame: @escaping (Reception.Frame) -> Void) {
        self.identity = identity
        self.onFrame = onFrame
    }

    var offer: String { ViewerOffer.text(credentials, identity.fingerprint) }

    func hasAsked(at now: NIODeadline) { askedAt = now }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func begin(with server: ServerSide) throws {
        self.server = server
        dtls = try DTLSConnection(identity, role: .client, peer: server.fingerprints)
        turn()
    }

    /// - Returns: when it is gone.
    func leave(_ loop: any EventLoop) -> EventLoopFuture<Void> {
        timer?.cancel()
        dtls?.close()
        flush()
        return context?.close() ?? loop.makeSucceededVoidFuture()
    }
}

// MARK: - Time

extension Viewer {
    private func turn() {
        guard let context else { return }
        if let deadline = dtls?.deadline(from: .now()), deadline <= .now() { follow(dtls?.timeOut()) }
        check()
        report()
        flush()
        let pause = keys == nil ? Self.eagerness : Self.reportInterval
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: pause) { self.turn() }
    }

    /// A check of the path, which asks for consent from the second on (RFC 7675).
    private func check() {
        let now = NIODeadline.now()
        guard let server, !isNominated || keys != nil && now >= checkedAt + Self.consentInterval else { return }
        checkedAt = now
        transactions += 1
        var writer = STUNWriter(.request, STUNTransaction(high: 1, low: transactions))
        writer.username("\(server.credentials.fragment):\(credentials.fragment)")
        writer.priority(1)
        writer.controlling(tieBreaker: 1)
        writer.useCandidate()
        send(writer.finish(server.credentials.password))
    }

    private func report() {
        guard let keys, let server, let newest = reception.newest else { return }
        let block = ReportBlock(
            source: server.picture, fractionLost: 0, lost: 0, highestSequence: UInt32(truncatingIfNeeded: newest), jitter: 0,
            lastReport: 0, delay: 0)
        var packet = ByteBuffer()
        RTCPPacket.receiverReport(ReceiverReport(sender: SSRC(1), blocks: [block])).write(into: &packet)
        if keys.sender.protectControl(in: &packet, from: 0) { send(packet) }
    }
}

// MARK: - What comes in and goes out

extension Viewer {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data).data
        switch DatagramKind(datagram) {
        case .media: watch(datagram)
        case .stun: hear(datagram)
        case .dtls: follow(dtls?.receive(datagram))
        case nil: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if keys == nil { flush() }
    }

    private func hear(_ datagram: ByteBuffer) {
        guard let server, !isNominated, let message = try? STUNMessage(datagram), message.kind == .success,
            message.isAuthentic(server.credentials.password)
        else { return }
        isNominated = true
        follow(dtls?.start())
    }

    private func follow(_ progress: DTLSProgress?) {
        guard case .established(let keying) = progress, let sender = try? SRTPSender(keying.profile, keying.outbound),
            let receiver = try? SRTPReceiver(keying.profile, keying.inbound)
        else { return }
        keys = (sender, receiver)
        flush()
    }

    private func watch(_ datagram: ByteBuffer) {
        var packet = datagram
        guard let keys, !RTPPacket.isControl(packet), let index = keys.receiver.unprotect(&packet),
            packet.getInteger(at: packet.readerIndex + 8) == server?.picture.value,
            let frame = reception.take(packet, index: index)
        else { return }
        if frame.isKey, firstPicture == nil { firstPicture = .now() - askedAt }
        onFrame(frame)
    }

    private func flush() {
        while let datagram = dtls?.nextDatagram() { send(datagram) }
        context?.flush()
    }

    private func send(_ datagram: ByteBuffer) {
        guard let context, let server else { return }
        context.write(wrapOutboundOut(AddressedEnvelope(remoteAddress: server.address, data: datagram)), promise: nil)
    }
}
