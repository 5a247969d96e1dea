package import Time

/// Stamps packets of sound by counting samples, since the timestamps of live protocols are rounded to milliseconds and would
/// make every packet a little too short or too long.
///
/// The count is anchored at a timestamp, and anew when it has run more than `tolerance` from the timestamps: forwards where
/// sound is missing; where there is more sound than time, packets are left out instead, for a time line never runs backwards.
package struct SoundClock: Sendable {
    /// How far the count may run from the timestamps.
    private let tolerance: Duration
    /// Where the next packet stands if it goes on from the last.
    package private(set) var next: MediaTime?
    /// Where the last packet before an interruption ended.
    private var floor: MediaTime?

    package init(tolerance: Duration) {
        self.tolerance = tolerance
    }

    /// The time of a packet of `samples` that carries `timestamp` (in ticks of one sample); nil where it is to be left out.
    package mutating func stamp(_ timestamp: MediaTime, samples: Int32) -> MediaTime? {
        guard let time = place(timestamp) else { return nil }
        next = time + MediaTime(ticks: Int64(samples), timescale: timestamp.timescale)
        return time
    }

    /// What comes next does not go on from the last packet, but never stands before it.
    package mutating func interrupt() {
        floor = next ?? floor
        next = nil
    }

    private func place(_ timestamp: MediaTime) -> MediaTime? {
        guard let expected = next?.rescaled(to: timestamp.timescale) else {
            return floor.map { max($0.rescaled(to: timestamp.timescale), timestamp) } ?? timestamp
        }
        let drift = (timestamp - expected).duration
        if drift > tolerance { return timestamp }
        return drift < .zero - tolerance ? nil : expected
    }
}
