import Media
package import NIOCore
import RTP
import Time
package import WebRTC

// MARK: - What comes in

extension PublisherPeer {
    package mutating func receive(_ datagram: ByteBuffer, by path: ICEPath, at now: NIODeadline) {
        follow(transport.receive(datagram, by: path, at: now), at: now)
    }

    /// When `handleDeadline` is to be called; nil where it is closed.
    package var deadline: NIODeadline? {
        guard let deadline = transport.deadline else { return nil }
        let others = streams.map(\.deadline) + [feedbackDeadline, reportDeadline]
        return others.reduce(deadline) { first, next in next.map { min(first, $0) } ?? first }
    }

    package mutating func handleDeadline(at now: NIODeadline) {
        follow(transport.handleDeadline(at: now), at: now)
        for place in streams.indices { takeFrames(of: place, at: now) }
        sendFeedback(at: now)
    }

    private mutating func follow(_ event: TransportEvent?, at now: NIODeadline) {
        switch event {
        case .connected: events.append(.connected)
        case .media(let packet, _): take(packet, at: now)
        case .control(let compound): hear(compound, at: now)
        case .closed(let ending): events.append(.closed(ending))
        case nil: break
        }
    }

    private mutating func take(_ datagram: ByteBuffer, at now: NIODeadline) {
        guard let packet = try? RTPPacket(datagram) else { return }
        if let number = ExtensionValues(packet.header.extensions, as: extensions).transportSequence {
            arrivals.record(number, at: now)
            feedbackDeadline = feedbackDeadline ?? now + Self.feedbackInterval
        }
        reportDeadline = reportDeadline ?? now + Self.reportInterval
        guard let place = streams.firstIndex(where: { $0.carries(packet.header.payloadType) }) else { return }
        guard let (original, isRepair) = streams[place].original(of: packet) else { return }
        streams[place].receive(original, isRepair: isRepair, at: now)
        takeFrames(of: place, at: now)
    }

    private mutating func hear(_ compound: ByteBuffer, at now: NIODeadline) {
        guard let packets = try? RTCPPacket.read(compound) else { return }
        for case .senderReport(let report) in packets {
            for place in streams.indices { streams[place].synchronise(report, at: now) }
        }
    }

    private mutating func takeFrames(of place: Int, at now: NIODeadline) {
        let arrival = clock.instant(at: now)
        for placed in streams[place].takeFrames(at: now, arrival: arrival) {
            let group = PacketGroup(
                kind: streams[place].kind, isKey: placed.frame.isKey, time: placed.time, instant: instant(of: placed, in: place),
                packets: placed.frame.packets)
            events.append(.frame(ReceivedFrame(group: group, coded: placed.frame.coded, receivedAt: arrival)))
        }
    }

    /// Sound stands where its first packet came; the picture follows it by the sender's own clock, which both share.
    private func instant(of placed: PlacedPackets, in place: Int) -> UTCInstant {
        guard streams[place].kind == .picture, let said = placed.senderInstant,
            let skew = streams.first(where: { $0.kind == .sound }).flatMap({ $0.skew() })
        else { return placed.instant }
        return said.advanced(by: .zero - skew)
    }
}

extension InboundStream {
    func carries(_ payloadType: UInt8) -> Bool {
        payloadType == section.codec.payloadType || payloadType == section.repairType
    }

    /// The packet itself, or what it repairs (RFC 4588); nil where it repairs nothing.
    func original(of packet: RTPPacket) -> (RTPPacket, isRepair: Bool)? {
        guard packet.header.payloadType == section.repairType else { return (packet, false) }
        guard let ssrc, let (sequence, payload) = RetransmissionPayload.read(packet.payload) else { return nil }
        var header = packet.header
        (header.payloadType, header.sequence, header.ssrc) = (section.codec.payloadType, sequence, ssrc)
        return (RTPPacket(header: header, payload: payload), true)
    }
}

// MARK: - What goes out

extension PublisherPeer {
    /// Whom reports and requests come from: one who sends nothing has no stream of its own.
    private static let ownSource = SSRC(1)

    mutating func sendFeedback(at now: NIODeadline) {
        var packets: [RTCPPacket] = []
        for place in streams.indices { packets += streams[place].takeRequests(from: Self.ownSource, at: now) }
        if let feedbackDeadline, now >= feedbackDeadline {
            self.feedbackDeadline = nil
            let media = streams.lazy.compactMap(\.ssrc).first ?? Self.ownSource
            packets += arrivals.report(sender: Self.ownSource, media: media).map(RTCPPacket.transportFeedback)
        }
        if let reportDeadline, now >= reportDeadline {
            self.reportDeadline = now + Self.reportInterval
            packets += estimate
            return send(packets, blocks: streams.indices.compactMap { streams[$0].takeReport(at: now) })
        }
        if !packets.isEmpty { send(packets, blocks: []) }
    }

    /// For a sender that does not count its packets together: it goes up to here, and down by the losses that it is told of.
    private var estimate: [RTCPPacket] {
        let streams = streams.filter { $0.section.hasFeedback("goog-remb") && !$0.section.hasFeedback("transport-cc") }
        let sources = streams.compactMap(\.ssrc)
        guard !sources.isEmpty else { return [] }
        return [.bitrateEstimate(BitrateEstimate(sender: Self.ownSource, bitrate: Self.maximumBitrate, media: sources))]
    }

    /// Every compound begins with a report and says who speaks (RFC 3550 §6.1), which all understand.
    private mutating func send(_ packets: [RTCPPacket], blocks: [ReportBlock]) {
        guard let path = transport.path else { return }
        var compound = ByteBuffer()
        RTCPPacket.receiverReport(ReceiverReport(sender: Self.ownSource, blocks: blocks)).write(into: &compound)
        RTCPPacket.sourceDescription([SourceDescription(source: Self.ownSource, name: name)]).write(into: &compound)
        for packet in packets { packet.write(into: &compound) }
        guard let bytes = transport.protect(control: compound) else { return }
        outgoing.append(PeerDatagram(path: path, bytes: bytes))
    }
}
