import Media
package import NIOCore
import RTP
package import SecureTransport
import Time
package import WebRTC

package enum ViewerEvent: Hashable, Sendable {
    /// Media can be sent: `start` it.
    case connected
    /// It cannot decode what it has: it needs a key frame from whoever publishes, or what is cached once more.
    case wishesKeyFrame
    case closed(PeerEnding)
}

/// One who watches by WHEP: the way to it, and the streams that are sent on it, without socket and clock.
///
/// Do one thing to it, then take `nextTrain` until there is none, and call `handleDeadline` when `deadline` has come. One event
/// loop owns it.
package struct ViewerPeer: ~Copyable {
    /// Wishes for key frames that come within this time count as one.
    static let wishPause = TimeAmount.milliseconds(500)
    static let reportInterval = TimeAmount.seconds(1)
    /// A report that is due so soon goes along with a picture: it costs no wake-up and no write of its own then.
    static let reportLead = TimeAmount.milliseconds(50)
    /// What a newcomer is sent of the cache in one go, and how long until the next: about 100 Mbit/s.
    static let burst = 60_000
    static let burstPause = TimeAmount.milliseconds(5)
    /// Trains that may wait to be taken; they are taken after each call.
    static let maximumTrains = 4096

    var transport: PeerTransport
    let clock: PeerClock
    let name: String
    var streams: [OutboundStream]
    var trains = CircularBuffer<DatagramTrain>()
    /// Counts the packets of the whole transport.
    var transportSequence: UInt16 = 0
    /// Pictures that wait for their turn after the beginning, with the times that they get.
    var backlog = CircularBuffer<(group: PacketGroup, ticks: Int64)>()
    var backlogDeadline: NIODeadline?
    var reportDeadline: NIODeadline?
    var sentReports = SentReports()
    var awaitsKeyFrame = true
    var lastWish: NIODeadline?
    package internal(set) var statistics = ViewerStatistics()

    /// - Parameter local: has a source for each section of `peer`.
    package init(
        _ peer: NegotiatedPeer, as local: LocalPeer, identity: DTLSIdentity, clock: PeerClock, at now: NIODeadline
    ) throws(DTLSError) {
        transport = try PeerTransport(PeerSetup(peer, credentials: local.credentials), identity: identity, at: now)
        self.clock = clock
        name = local.name
        streams = peer.sections.compactMap { section in
            local.sources[section.offered.mid].map { OutboundStream(section, $0) }
        }
    }

    package var isConnected: Bool { transport.isConnected }
    package var isClosed: Bool { transport.isClosed }
    /// Where media goes; nil before a path was nominated.
    package var path: ICEPath? { transport.path }
    package var credentials: ICECredentials { transport.credentials }
    package var dropped: DropCounts { transport.dropped }

    /// New credentials on both sides (RFC 8445 §9); media goes on meanwhile.
    package mutating func restart(_ credentials: ICECredentials, remoteFragment: String?) {
        transport.restart(credentials, remoteFragment: remoteFragment)
    }

    /// Says goodbye; what is to be sent is still taken with `nextTrain`.
    package mutating func close() {
        transport.close()
        trains.removeAll()
        backlog.removeAll()
    }

    /// What is to be sent next. Media goes last: what comes before the end of the handshake is lost on a peer that has no keys yet.
    package mutating func nextTrain() -> DatagramTrain? {
        transport.nextDatagram().map(DatagramTrain.init) ?? trains.popFirst()
    }
}

// MARK: - What comes in

extension ViewerPeer {
    package mutating func receive(_ datagram: ByteBuffer, by path: ICEPath, at now: NIODeadline) -> ViewerEvent? {
        follow(transport.receive(datagram, by: path, at: now), at: now)
    }

    /// When `handleDeadline` is to be called; nil where it is closed.
    package var deadline: NIODeadline? {
        guard let deadline = transport.deadline else { return nil }
        return [backlogDeadline, reportDeadline].reduce(deadline) { first, next in next.map { min(first, $0) } ?? first }
    }

    package mutating func handleDeadline(at now: NIODeadline) -> ViewerEvent? {
        if let backlogDeadline, now >= backlogDeadline { sendBacklog(at: now) }
        if let reportDeadline, now >= reportDeadline { sendReports(at: now) }
        return follow(transport.handleDeadline(at: now), at: now)
    }

    private mutating func follow(_ event: TransportEvent?, at now: NIODeadline) -> ViewerEvent? {
        switch event {
        case .connected: .connected
        case .control(let packet): hear(packet, at: now)
        case .closed(let ending): .closed(ending)
        // A viewer sends no media; what it probes its way with is left alone.
        case .media, nil: nil
        }
    }
}

// MARK: - What goes out

extension ViewerPeer {
    /// Begins, or repairs, the picture with what a cache holds since the last key frame. All of it but the last is shown at
    /// once: the times are so near to each other that nobody is kept behind.
    package mutating func start(with groups: [PacketGroup], at now: NIODeadline) {
        guard let newest = groups.last?.time.ticks, groups.first?.isKey == true,
            let stream = streams.first(where: { $0.kind == .picture })
        else { return }
        let first = newest - Int64(groups.count) + 1
        let beginning = max(stream.lastTicks.map { $0 + 1 } ?? first, first)
        backlog.removeAll()
        for (place, group) in groups.enumerated() { backlog.append((group, beginning + Int64(place))) }
        awaitsKeyFrame = false
        sendBacklog(at: now)
    }

    /// The next group of the feed. Pictures before the first key frame are left out.
    package mutating func send(_ group: PacketGroup, at now: NIODeadline) {
        guard transport.isConnected, let place = streams.firstIndex(where: { $0.kind == group.kind }) else { return }
        streams[place].note(group)
        guard group.kind == .picture else { return write(group, ticks: group.time.ticks, in: place, at: now) }
        if group.isKey {
            awaitsKeyFrame = false
            backlog.removeAll()
        }
        guard !awaitsKeyFrame else { return statistics.framesDropped += 1 }
        let ticks = max(group.time.ticks, (backlog.last?.ticks ?? streams[place].lastTicks).map { $0 + 1 } ?? .min)
        if backlog.isEmpty { write(group, ticks: ticks, in: place, at: now) } else { backlog.append((group, ticks)) }
    }

    /// What was sent last could not leave: pictures are left out up to the next key frame.
    package mutating func skipToKeyFrame() {
        awaitsKeyFrame = true
        statistics.framesDropped += backlog.count
        backlog.removeAll()
    }

    mutating func sendBacklog(at now: NIODeadline) {
        backlogDeadline = nil
        guard let place = streams.firstIndex(where: { $0.kind == .picture }) else { return }
        var room = Self.burst
        while room > 0, let (group, ticks) = backlog.popFirst() {
            streams[place].note(group)
            write(group, ticks: ticks, in: place, at: now)
            room -= group.bytes
        }
        if !backlog.isEmpty { backlogDeadline = now + Self.burstPause }
    }

    private mutating func write(_ group: PacketGroup, ticks: Int64, in place: Int, at now: NIODeadline) {
        guard let path = transport.path, trains.count < Self.maximumTrains else { return skipToKeyFrame() }
        // Picture and sound are put on one line by the reports: whoever begins to see or hear is told at once.
        if streams[place].packets == 0 { reportDeadline = now }
        let first = streams[place].take(group, ticks: ticks, at: now)
        let (template, ssrc) = (streams[place].template, streams[place].ssrc.value)
        let timestamp = streams[place].timestamp(ticks)
        let sendTime = Self.absoluteSendTime(at: now)
        var writer = TrainWriter(capacity: group.bytes + group.packets.count * (template.length + TrainWriter.tag))
        for (offset, packet) in group.packets.enumerated() {
            let index = first + UInt64(offset)
            let start = writer.bytes.writerIndex
            template.write(
                hasMarker: packet.hasMarker, sequence: UInt16(truncatingIfNeeded: index), timestamp: timestamp,
                transportSequence: transportSequence, sendTime: sendTime, into: &writer.bytes)
            transportSequence &+= 1
            if transport.protect(packet.payload, behind: start, in: &writer.bytes, ssrc: ssrc, index: index) {
                writer.note(from: start)
            }
        }
        statistics.packets += group.packets.count
        statistics.bytes += writer.bytes.readableBytes
        trains.append(contentsOf: writer.trains(to: path))
        if let reportDeadline, now + Self.reportLead >= reportDeadline { sendReports(at: now) }
    }

    /// Seconds in 6.18 fixed point (RTP-6).
    static func absoluteSendTime(at now: NIODeadline) -> UInt32 {
        UInt32(truncatingIfNeeded: (UInt128(now.uptimeNanoseconds) << 18) / 1_000_000_000) & 0xFF_FFFF
    }
}
