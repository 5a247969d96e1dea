package import Time

/// Which instant of the sender's wall clock each timestamp of a stream stands for, as its sender reports say (RFC 3550 §6.4.1).
///
/// It puts picture and sound of one sender on one line. The sender's clock may be wrong, and is then wrong for both.
package struct SenderClock: Sendable {
    /// Ticks a second of the stream's timestamps.
    private let rate: Int32
    private var report: (instant: UTCInstant, timestamp: UInt32)?

    package init(rate: Int32) {
        precondition(rate > 0, "a clock rate is negotiated, and never zero")
        self.rate = rate
    }

    /// The pair that the last sender report held.
    package mutating func synchronise(_ time: NTPTime, with timestamp: UInt32) {
        report = (time.instant, timestamp)
    }

    /// Nil before the first report.
    package func instant(of timestamp: UInt32) -> UTCInstant? {
        guard let report else { return nil }
        let ticks = Unwrapper<UInt32>.distance(from: report.timestamp, to: timestamp)
        return report.instant.advanced(by: MediaTime(ticks: ticks, timescale: rate).duration)
    }
}
