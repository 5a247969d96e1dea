import Time

/// Where the segments of a feed begin: one line for both its tracks, so that the same media sequence number means the same
/// time in each. Whichever track leads adds to it; the other follows.
struct SegmentLine {
    struct Start: Hashable {
        let number: Int64
        /// On the session's line.
        let time: MediaTime
        /// Whether the feed does not go on here as before.
        let isBreak: Bool
    }

    /// Starts that a track lagging behind may still have to follow; of older ones only the numbers are gone past.
    private static let maximumStarts = 32

    private var starts: [Start] = []
    private var next: Int64

    init(first: Int64) {
        self.next = first
    }

    mutating func begin(at time: MediaTime, isBreak: Bool) -> Start {
        let start = Start(number: next, time: time, isBreak: isBreak)
        next += 1
        starts.append(start)
        if starts.count > Self.maximumStarts { starts.removeFirst() }
        return start
    }

    /// The number of a segment in which nothing comes, and which no track joins.
    mutating func skip() -> Int64 {
        close()
        defer { next += 1 }
        return next
    }

    /// The segment to which a frame at `time` belongs by the clock, where it is later than `number`, the last of the track.
    /// For a track that has missed segments it is a break where one of those was.
    func start(at time: MediaTime, after number: Int64?) -> Start? {
        guard let last = starts.last(where: { $0.time <= time }) else { return nil }
        guard let number else { return last }
        guard last.number > number else { return nil }
        let missed = starts.filter { $0.number > number && $0.number <= last.number }
        return Start(number: last.number, time: last.time, isBreak: missed.contains(where: \.isBreak))
    }

    /// What was begun is over for both tracks: nobody joins it any more.
    mutating func close() {
        starts = []
    }
}
