import Media
import Time

/// Places the frames of successive connections on the feed's one time line, whose zero is 1970-01-01T00:00:00Z.
///
/// A connection's first frame is anchored at the instant of its arrival; from then on the connection's own timestamps count,
/// so that network jitter never reaches the time line. Both tracks share that anchor, which keeps them in step; a track whose
/// timestamps are far from the other's has one of its own. A track is anchored anew when its timestamps jump: backwards, or
/// more than `tolerance` away from what the clock that times arrivals counts since the anchor. If that clock were set, it
/// would break the line once, and move it forwards only. Where a timestamp stands still the arrival counts. Time never runs
/// backwards on a track.
struct FeedTimeline {
    /// How far a connection's timestamps may run from the clock before they are taken for a jump.
    static let tolerance: Duration = .seconds(10)
    /// How far they may step back (reordered or repeated timestamps) before that is taken for a jump.
    static let backwardTolerance: Duration = .seconds(1)
    /// How late a frame may be that has the timestamp of the one before it: encoders that send a picture in several messages
    /// give all of them the same.
    static let standingTolerance: Duration = .milliseconds(200)

    struct Placement: Equatable {
        let decodeTime: MediaTime
        /// Whether media is missing, or time jumped, before this frame.
        let isContinuous: Bool
    }

    fileprivate struct Anchor {
        let connectionTime: MediaTime
        /// By the clock that times arrivals.
        let arrival: UTCInstant
        /// Where that stands on the line: later than the arrival where the line has come further already.
        let instant: UTCInstant
    }

    private struct Track {
        /// Nil until the connection has sent a frame.
        var anchor: Anchor?
        var connectionTime: MediaTime?
        /// Where its last frame stands.
        var placed: MediaTime?
    }

    private var tracks: [TrackKind: Track] = [:]

    /// Forgets the connection: the next frame is anchored at its arrival.
    mutating func interrupt() {
        tracks = tracks.mapValues { Track(placed: $0.placed) }
    }

    /// Where a frame with the connection's time `time` stands, in ticks of `timescale`.
    mutating func place(_ kind: TrackKind, at time: MediaTime, arrival: UTCInstant, timescale: Int32) -> Placement {
        var track = tracks[kind] ?? Track()
        let (anchor, line, isContinuous) = position(of: track, kind, at: time, arrival)
        let earliest = track.placed.map { $0 + MediaTime(ticks: 1, timescale: timescale) }
        let placed = max(line.rescaled(to: timescale), earliest ?? line).rescaled(to: timescale)
        (track.anchor, track.connectionTime, track.placed) = (anchor, time, placed)
        tracks[kind] = track
        return Placement(decodeTime: placed, isContinuous: isContinuous)
    }

    private func position(
        of track: Track, _ kind: TrackKind, at time: MediaTime, _ arrival: UTCInstant
    ) -> (Anchor, MediaTime, isContinuous: Bool) {
        if let anchor = track.anchor, track.connectionTime == time, let line = standing(track, anchor, at: time, arrival) {
            return (anchor, line, true)
        }
        let others = tracks.filter { $0.key != kind }.values.compactMap(\.anchor)
        let known = (track.anchor.map { [$0] } ?? []) + others
        if let anchor = known.first(where: { fits($0, track, at: time, arrival) }) {
            return (anchor, anchor.position(of: time), true)
        }
        let anchor = Anchor(connectionTime: time, arrival: arrival, instant: beginning(arrival))
        // A track that joins late, far from the other, misses nothing of its own.
        let isFirst = tracks.values.allSatisfy { $0.placed == nil } || (track.anchor == nil && !others.isEmpty)
        return (anchor, anchor.position(of: time), isFirst)
    }

    /// Where a frame stands whose timestamp is that of the one before it; nil where that would be a jump.
    private func standing(_ track: Track, _ anchor: Anchor, at time: MediaTime, _ arrival: UTCInstant) -> MediaTime? {
        let latest = anchor.position(at: arrival) - MediaTime(Self.standingTolerance, timescale: 1_000_000)
        let line = max(anchor.position(of: time), latest)
        guard let placed = track.placed, (line - placed).duration <= Self.tolerance else { return nil }
        return line
    }

    private func fits(_ anchor: Anchor, _ track: Track, at time: MediaTime, _ arrival: UTCInstant) -> Bool {
        let line = anchor.position(of: time)
        let distance = (line - anchor.position(at: arrival)).duration
        let isNear = distance <= Self.tolerance && distance >= .zero - Self.tolerance
        let isBackwards = track.placed.map { ($0 - line).duration > Self.backwardTolerance } ?? false
        return isNear && !isBackwards
    }

    /// The arrival on a whole millisecond, but never before what the line holds already.
    private func beginning(_ arrival: UTCInstant) -> UTCInstant {
        let reached = tracks.values.compactMap(\.placed?.duration.microseconds).max() ?? .min
        let instant = max(arrival.microseconds, reached)
        return UTCInstant(microseconds: instant - instant % 1000)
    }
}

extension FeedTimeline.Anchor {
    /// Where a frame stands by the connection's own time, in microseconds.
    fileprivate func position(of time: MediaTime) -> MediaTime {
        MediaTime(ticks: instant.microseconds, timescale: 1_000_000) + (time - connectionTime)
    }

    /// Where it stands by the wall clock.
    fileprivate func position(at arrival: UTCInstant) -> MediaTime {
        MediaTime(ticks: instant.microseconds, timescale: 1_000_000)
            + MediaTime(arrival.since(self.arrival), timescale: 1_000_000)
    }
}
