import NIOCore
import RTP
import Time

/// Counts how one stream arrives (RFC 3550 §A.3, §A.8).
struct Reception {
    private let rate: Int32
    private var unwrapper = Unwrapper<UInt16>()
    private var first: Int64?
    private(set) var highest: Int64 = 0
    private(set) var received: Int64 = 0
    private var jitter = 0.0
    private var transit: Double?
    /// As of the report before.
    private var reported: (expected: Int64, received: Int64) = (0, 0)
    private var lastReport: (middle: UInt32, arrival: NIODeadline)?

    init(rate: Int32) {
        self.rate = rate
    }

    var lost: Int64 { first.map { max(0, highest - $0 + 1 - received) } ?? 0 }

    /// Seconds.
    var jitterSeconds: Double { jitter / Double(rate) }

    /// - Returns: the packet's number in the stream, without end.
    mutating func note(_ header: RTPHeader, at now: NIODeadline, isRepair: Bool) -> Int64 {
        let number = unwrapper.unwrap(header.sequence)
        if first == nil { (first, highest) = (number, number) }
        highest = max(highest, number)
        received += 1
        guard !isRepair else { return number }
        let arrival = Double(now.uptimeNanoseconds) / 1e9 * Double(rate)
        let transit = arrival - Double(header.timestamp)
        let difference = abs(transit - (self.transit ?? transit))
        // A step of the timestamps is no jitter.
        if difference < Double(rate) { jitter += (difference - jitter) / 16 }
        self.transit = transit
        return number
    }

    mutating func note(_ report: SenderReport, at now: NIODeadline) {
        lastReport = (report.time.middle, now)
    }

    mutating func block(for source: SSRC, at now: NIODeadline) -> ReportBlock {
        let expected = first.map { highest - $0 + 1 } ?? 0
        let missing = (expected - reported.expected) - (received - reported.received)
        let fraction = expected > reported.expected ? max(0, missing) * 256 / (expected - reported.expected) : 0
        reported = (expected, received)
        let delay = lastReport.map { (now - $0.arrival).nanoseconds * 65_536 / 1_000_000_000 } ?? 0
        return ReportBlock(
            source: source, fractionLost: UInt8(clamping: fraction), lost: Int32(clamping: expected - received),
            highestSequence: UInt32(truncatingIfNeeded: highest), jitter: UInt32(clamping: Int64(jitter)),
            lastReport: lastReport?.middle ?? 0, delay: UInt32(clamping: delay))
    }
}
