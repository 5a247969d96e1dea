import Media
import NIOCore
import RTP
import Time
import WebRTC

/// One stream of a publisher: put in order, repaired, made into frames.
struct InboundStream {
    /// Sound that is not sent again is waited for no longer than packets overtake each other.
    private static let soundPatience = TimeAmount.milliseconds(60)
    /// How far timestamps may run from the clock before the stream is taken to have begun anew.
    private static let tolerance: Duration = .seconds(10)

    let section: NegotiatedPeer.Section
    /// Of what comes now; nil before the first packet.
    private(set) var ssrc: SSRC?
    private var senderClock: SenderClock
    private var reception: Reception
    private var losses: LossRecorder
    private var jitter: JitterBuffer
    private var gatherer: FrameGatherer
    private var keyFrames = KeyFrameRequests()
    private var timestamps = Unwrapper<UInt32>()
    /// Which instant a count of the timestamps stands for: when the first packet came.
    private var anchor: (ticks: Int64, instant: UTCInstant)?
    /// Of payload, since the last report.
    private var bytes = 0
    private(set) var statistics = PublisherStatistics.Stream()

    init(_ section: NegotiatedPeer.Section) {
        self.section = section
        senderClock = SenderClock(rate: section.codec.clockRate)
        reception = Reception(rate: section.codec.clockRate)
        losses = LossRecorder(isActive: section.hasFeedback("nack"))
        var configuration = JitterBuffer.Configuration()
        if !section.hasFeedback("nack") { configuration.patience = Self.soundPatience }
        jitter = JitterBuffer(configuration)
        gatherer = FrameGatherer(section.coding)
    }

    var kind: TrackKind { section.offered.kind == .picture ? .picture : .sound }
    var roundTrip: Duration? { losses.roundTrip.map { .nanoseconds($0.nanoseconds) } }

    /// When something is to be asked for, or is waited for no longer; nobody can be asked before the first packet.
    var deadline: NIODeadline? {
        guard ssrc != nil else { return nil }
        return [losses.deadline, jitter.deadline, keyFrames.deadline].compactMap(\.self).min()
    }
}

// MARK: - What comes in

extension InboundStream {
    /// A packet of this stream, or one that was sent again.
    mutating func receive(_ packet: RTPPacket, isRepair: Bool, at now: NIODeadline) {
        if packet.header.ssrc != ssrc {
            if ssrc != nil { self = InboundStream(section) }
            ssrc = packet.header.ssrc
        }
        let number = reception.note(packet.header, at: now, isRepair: isRepair)
        if losses.arrived(number, at: now) { statistics.repaired += 1 }
        bytes += packet.payload.readableBytes
        statistics.packets += 1
        jitter.insert(packet)
    }

    mutating func synchronise(_ report: SenderReport, at now: NIODeadline) {
        guard report.sender == ssrc else { return }
        senderClock.synchronise(report.time, with: report.timestamp)
        reception.note(report, at: now)
    }

    /// The frames that are whole, in order.
    mutating func takeFrames(at now: NIODeadline, arrival: UTCInstant) -> [PlacedPackets] {
        var frames: [PlacedPackets] = []
        while let output = jitter.next(at: now) {
            switch output {
            case .lost:
                statistics.lost += 1
                gatherer.lose()
            case .packet(let packet):
                for frame in gatherer.append(packet) {
                    if frame.isKey { keyFrames.came(at: now) }
                    frames.append(place(frame, arrival))
                }
            }
        }
        if gatherer.awaitsKeyFrame { keyFrames.want(at: now) }
        return frames
    }

    /// Where the frame stands by the stream's own timestamps, which begin when its first packet comes.
    private mutating func place(_ frame: FrameGatherer.Gathered, _ arrival: UTCInstant) -> PlacedPackets {
        let ticks = timestamps.unwrap(frame.timestamp)
        let rate = section.codec.clockRate
        var anchor = self.anchor ?? (ticks, arrival)
        var instant = anchor.instant.advanced(by: MediaTime(ticks: ticks - anchor.ticks, timescale: rate).duration)
        if abs(instant.since(arrival).inSeconds) > Self.tolerance.inSeconds { (anchor, instant) = ((ticks, arrival), arrival) }
        self.anchor = anchor
        let start = MediaTime(.microseconds(anchor.instant.microseconds), timescale: rate).ticks
        return PlacedPackets(
            frame: frame, time: MediaTime(ticks: start + ticks - anchor.ticks, timescale: rate), instant: instant,
            senderInstant: senderClock.instant(of: frame.timestamp))
    }

    /// How much later the sender's clock says it is than the line that its arrivals make; nil before it has reported.
    func skew() -> Duration? {
        guard let anchor, let said = senderClock.instant(of: UInt32(truncatingIfNeeded: anchor.ticks)) else { return nil }
        return said.since(anchor.instant)
    }
}

/// A frame of packets and where it stands.
struct PlacedPackets {
    let frame: FrameGatherer.Gathered
    let time: MediaTime
    let instant: UTCInstant
    /// By the sender's clock; nil before it has reported.
    let senderInstant: UTCInstant?
}

// MARK: - What is asked for

extension InboundStream {
    mutating func requestKeyFrame(at now: NIODeadline) {
        if section.coding != nil { keyFrames.want(at: now) }
    }

    /// What the sender is to be asked for now.
    mutating func takeRequests(from own: SSRC, at now: NIODeadline) -> [RTCPPacket] {
        guard let ssrc else { return [] }
        var packets: [RTCPPacket] = []
        let lost = losses.due(at: now)
        if !lost.isEmpty { packets.append(.nack(NACK(sender: own, media: ssrc, lost: lost))) }
        if keyFrames.take(at: now) {
            statistics.keyFrameRequests += 1
            packets.append(.pictureLoss(PictureLoss(sender: own, media: ssrc)))
        }
        return packets
    }

    /// Called once a second.
    mutating func takeReport(at now: NIODeadline) -> ReportBlock? {
        guard let ssrc else { return nil }
        statistics.bitrate = bytes * 8
        statistics.jitter = reception.jitterSeconds
        bytes = 0
        let block = reception.block(for: ssrc, at: now)
        statistics.loss = Double(block.fractionLost) / 256
        return block
    }
}
