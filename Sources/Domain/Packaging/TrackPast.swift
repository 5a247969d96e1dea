import HLS
import Media
import Time

/// The segments of a track that are no longer in memory: what the playlist says of them, and where a recording has kept them. One that
/// has left the playlist may be fetched for a while longer.
struct TrackPast {
    private struct Segment {
        let number: Int64
        let duration: Duration
        let map: String?
        /// Nil for a gap.
        let mark: Shelfmark?
    }

    /// By number; those that have left the playlist come first.
    private var segments: [Segment] = []
    private var unlisted = 0
    /// Those in the playlist.
    private(set) var listed = PastSegments()
    private(set) var listedDuration: Duration = .zero
    private var unlistedDuration: Duration = .zero
    /// When the last ends.
    private(set) var end: UTCInstant?
    /// How many segments have each map.
    private var maps: [String: Int] = [:]

    mutating func append(_ entry: MediaPlaylist.Segment, at mark: Shelfmark?) {
        segments.append(Segment(number: entry.number, duration: entry.duration, map: entry.map, mark: mark))
        if let map = entry.map { maps[map, default: 0] += 1 }
        listed.append(entry)
        listedDuration += entry.duration
        end = entry.end
    }

    /// Keeps at most `length` in the playlist, and what has left it until as much as `tail` has left it later.
    mutating func trim(to length: Duration, keepingUnlisted tail: Duration) {
        while listed.count > 0, listedDuration > length { unlistFirst() }
        while unlisted > 0, unlistedDuration - segments[0].duration > tail { forgetFirst() }
    }

    mutating func unlistAll() {
        while listed.count > 0 { unlistFirst() }
    }

    private mutating func unlistFirst() {
        let duration = segments[unlisted].duration
        listed.removeFirst()
        listedDuration -= duration
        unlistedDuration += duration
        unlisted += 1
    }

    private mutating func forgetFirst() {
        let segment = segments.removeFirst()
        unlisted -= 1
        unlistedDuration -= segment.duration
        guard let map = segment.map, let count = maps[map] else { return }
        maps[map] = count > 1 ? count - 1 : nil
    }

    /// The number of the oldest in the playlist.
    var oldest: Int64? { listed.count > 0 ? segments[unlisted].number : nil }

    func uses(map: String) -> Bool { maps[map] != nil }

    /// Nil for a gap, and for a segment that is not here.
    func mark(of number: Int64) -> Shelfmark? {
        var (low, high) = (0, segments.count)
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < segments.count && segments[low].number == number ? segments[low].mark : nil
    }
}
