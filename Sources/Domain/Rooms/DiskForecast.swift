import Time

/// Whether what the programme still has to be recorded will fit.
package struct DiskForecast: Hashable, Sendable {
    /// Bytes that the conference's recordings take now.
    package let used: Int64
    /// Bytes that they may take; nil where nobody has set that.
    package let budget: Int64?
    /// Bytes that the disk still holds; nil where it could not be measured.
    package let free: Int64?
    /// Bytes a second of one session, as measured; nil before anything was recorded.
    package let rate: Double?
    /// What is still to be recorded, of all sessions together.
    package let remaining: Duration
    /// Bytes that running recordings have so far: finishing them takes as much again.
    package let unfinished: Int64

    /// Bytes that are still to come until the end of the programme, finished files included.
    package var expected: Int64 {
        let coming = 2 * (rate ?? 0) * remaining.inSeconds + Double(unfinished)
        return Int64(exactly: coming.rounded()) ?? .max
    }

    /// Bytes that may still come: within the budget, and on the disk.
    package var room: Int64? {
        [free, budget.map { max(0, $0 - used) }].compactMap(\.self).min()
    }

    package var fits: Bool { room.map { expected <= $0 } ?? true }

    package init(used: Int64, budget: Int64?, free: Int64?, rate: Double?, remaining: Duration, unfinished: Int64) {
        self.used = used
        self.budget = budget
        self.free = free
        self.rate = rate
        self.remaining = remaining
        self.unfinished = unfinished
    }
}
