/// A point, or a distance, on a media time line: `ticks` of `1 / timescale` second.
///
/// The zero of the line is its owner's to define; in a session it is the origin of the session's epoch.
package struct MediaTime: Hashable, Sendable {
    package let ticks: Int64
    /// Ticks a second: 90,000 for pictures, the sample rate for sound. At least 1.
    package let timescale: Int32

    package init(ticks: Int64, timescale: Int32) {
        precondition(timescale > 0, "a timescale is chosen by our own code and is never zero")
        self.ticks = ticks
        self.timescale = timescale
    }

    package init(_ duration: Duration, timescale: Int32) {
        self = MediaTime(ticks: duration.microseconds, timescale: 1_000_000).rescaled(to: timescale)
    }

    /// The same moment in another timescale, rounded to the nearest tick and saturating.
    package func rescaled(to other: Int32) -> MediaTime {
        guard other != timescale else { return self }
        return MediaTime(ticks: Self.rescale(ticks, by: Int64(other), over: Int64(timescale)), timescale: other)
    }

    package var duration: Duration { .microseconds(rescaled(to: 1_000_000).ticks) }
    package var seconds: Double { Double(ticks) / Double(timescale) }

    /// `ticks · by / over` over the full 128 bits.
    private static func rescale(_ ticks: Int64, by: Int64, over: Int64) -> Int64 {
        let product = Int128(ticks) * Int128(by)
        let half = Int128(over / 2)
        let rounded = (product + (product < 0 ? -half : half)) / Int128(over)
        return Int64(clamping: rounded)
    }
}

extension MediaTime: Comparable {
    /// Compares the moments, exactly, whatever their timescales.
    package static func < (left: MediaTime, right: MediaTime) -> Bool {
        Int128(left.ticks) * Int128(right.timescale) < Int128(right.ticks) * Int128(left.timescale)
    }

    /// The sum in the left operand's timescale, saturating.
    package static func + (left: MediaTime, right: MediaTime) -> MediaTime {
        left.combined(with: right) { $0.addingReportingOverflow($1) }
    }

    /// The difference in the left operand's timescale, saturating.
    package static func - (left: MediaTime, right: MediaTime) -> MediaTime {
        left.combined(with: right) { $0.subtractingReportingOverflow($1) }
    }

    private func combined(
        with other: MediaTime, _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) -> MediaTime {
        let (value, overflow) = operation(ticks, other.rescaled(to: timescale).ticks)
        return MediaTime(ticks: overflow ? (ticks < 0 ? .min : .max) : value, timescale: timescale)
    }
}
