import Media
import NIOCore
import RTP
import Time
import WebRTC

/// One stream to one viewer: its headers and numbers, and its history for what is lost.
struct OutboundStream {
    /// A packet is sent again at most once in this time, however often it is asked for.
    static let repairPause = TimeAmount.milliseconds(20)

    let kind: TrackKind
    let ssrc: SSRC
    let template: HeaderTemplate
    /// Counts the packets; its low 16 bits are the next sequence number.
    private(set) var index: UInt64
    private(set) var packets: UInt32 = 0
    private(set) var octets: UInt32 = 0
    private(set) var history = PacketHistory()
    private(set) var repair: RepairStream?
    let clockRate: Int32
    /// Where its timestamps begin: anywhere (RFC 3550 §5.1).
    private let timestampOffset: UInt32
    /// The last time that was sent, and the last pair of time and instant that is known.
    private(set) var lastTicks: Int64?
    private var line: (time: MediaTime, instant: UTCInstant)?

    /// Where repairs go (RFC 4588).
    struct RepairStream {
        let ssrc: SSRC
        let template: HeaderTemplate
        fileprivate(set) var index: UInt64
    }

    init(_ section: NegotiatedPeer.Section, _ source: Offer.Source) {
        let (mid, map) = (section.offered.mid, section.offered.extensions)
        kind = section.offered.kind == .picture ? .picture : .sound
        ssrc = source.media
        clockRate = section.codec.clockRate
        timestampOffset = source.media.value &* 0x9E37_79B9
        index = UInt64(source.media.value & 0x7FFF)
        if let repairType = section.repairType, let repairSource = source.repair {
            repair = RepairStream(
                ssrc: repairSource,
                template: HeaderTemplate(payloadType: repairType, ssrc: repairSource, mid: mid, extensions: map),
                index: UInt64(repairSource.value & 0x7FFF))
        }
        // Without a stream of repairs a lost packet is sent again as it was, bit by bit, and nothing in it may change.
        template = HeaderTemplate(
            payloadType: section.codec.payloadType, ssrc: source.media, mid: mid,
            extensions: repair == nil ? map.fixedOnly : map)
    }

    func timestamp(_ ticks: Int64) -> UInt32 { UInt32(truncatingIfNeeded: ticks) &+ timestampOffset }

    /// The group is sent as of `ticks`: its numbers are taken.
    mutating func take(_ group: PacketGroup, ticks: Int64, at now: NIODeadline) -> UInt64 {
        let first = index
        if kind == .picture { history.append(group, from: first, timestamp: timestamp(ticks), at: now) }
        index += UInt64(group.packets.count)
        packets &+= UInt32(truncatingIfNeeded: group.packets.count)
        octets &+= UInt32(truncatingIfNeeded: group.bytes)
        lastTicks = ticks
        return first
    }

    mutating func note(_ group: PacketGroup) {
        line = (group.time, group.instant)
    }

    /// The packet is sent again: how it goes in the stream of repairs; nil where there is none.
    mutating func takeRepair(of entry: PacketHistory.Entry, at now: NIODeadline) -> (RepairStream, index: UInt64)? {
        history.note(entry, sentAt: now)
        defer { repair?.index += 1 }
        return repair.map { ($0, $0.index) }
    }

    /// Nil before anything was sent.
    func report(at instant: UTCInstant) -> SenderReport? {
        guard packets > 0, let line else { return nil }
        let ticks = line.time.ticks + MediaTime(instant.since(line.instant), timescale: clockRate).ticks
        return SenderReport(
            sender: ssrc, time: NTPTime(instant), timestamp: timestamp(ticks), packets: packets, octets: octets)
    }
}

extension ExtensionMap {
    /// Of these only what is the same in every packet of a stream.
    fileprivate var fixedOnly: ExtensionMap {
        var map = self
        (map[.transportSequence], map[.absoluteSendTime]) = (nil, nil)
        return map
    }
}
