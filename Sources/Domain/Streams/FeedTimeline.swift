import Media
import Time

/// Places the frames of successive connections on the feed's one time line, whose zero is 1970-01-01T00:00:00Z.
///
/// A connection's first frame is anchored at the instant of its arrival; from then on the connection's own timestamps count,
/// so that network jitter never reaches the time line. The line is anchored anew when a connection begins, and when its
/// timestamps jump: backwards, or more than `tolerance` away from what the wall clock counts since the anchor. A wall clock
/// that is set breaks the line once, and moves it forwards only. Time never runs backwards on a track.
struct FeedTimeline {
    /// How far a connection's timestamps may run from the wall clock before they are taken for a jump.
    static let tolerance: Duration = .seconds(10)
    /// How far they may step back (reordered or repeated timestamps) before that is taken for a jump.
    static let backwardTolerance: Duration = .seconds(1)

    struct Placement: Equatable {
        let decodeTime: MediaTime
        /// Whether media is missing, or time jumped, before this frame.
        let isContinuous: Bool
    }

    private struct Anchor {
        let connectionTime: MediaTime
        /// By the wall clock.
        let arrival: UTCInstant
        /// Where that stands on the line: later than the arrival where the line has come further already.
        let instant: UTCInstant
    }

    private var anchor: Anchor?
    private var last: [TrackKind: MediaTime] = [:]

    /// Forgets the connection: the next frame is anchored at its arrival.
    mutating func interrupt() {
        anchor = nil
    }

    /// Where a frame with the connection's time `time` stands, in ticks of `timescale`.
    mutating func place(_ kind: TrackKind, at time: MediaTime, arrival: UTCInstant, timescale: Int32) -> Placement {
        var isContinuous = true
        if jumped(kind, at: time, arrival: arrival) {
            isContinuous = last.isEmpty
            anchor = Anchor(connectionTime: time, arrival: arrival, instant: beginning(arrival))
        }
        let line = position(of: time).rescaled(to: timescale)
        let placed = last[kind].map { max(line, $0 + MediaTime(ticks: 1, timescale: timescale)) } ?? line
        last[kind] = placed
        return Placement(decodeTime: placed.rescaled(to: timescale), isContinuous: isContinuous)
    }

    private func jumped(_ kind: TrackKind, at time: MediaTime, arrival: UTCInstant) -> Bool {
        guard let anchor else { return true }
        let passed = (time - anchor.connectionTime).duration.microseconds
        let distance = passed.subtractingReportingOverflow(arrival.since(anchor.arrival).microseconds)
        let isFar = distance.overflow || distance.partialValue.magnitude > Self.tolerance.microseconds.magnitude
        let isBackwards = last[kind].map { ($0 - position(of: time)).duration > Self.backwardTolerance } ?? false
        return isFar || isBackwards
    }

    private func position(of time: MediaTime) -> MediaTime {
        guard let anchor else { return MediaTime(ticks: 0, timescale: 1_000_000) }
        let passed = time - anchor.connectionTime
        return MediaTime(ticks: anchor.instant.microseconds, timescale: 1_000_000) + passed
    }

    /// The arrival on a whole millisecond, but never before what the line holds already.
    private func beginning(_ arrival: UTCInstant) -> UTCInstant {
        let reached = last.values.map(\.duration.microseconds).max() ?? .min
        let instant = max(arrival.microseconds, reached)
        return UTCInstant(microseconds: instant - instant % 1000)
    }
}
