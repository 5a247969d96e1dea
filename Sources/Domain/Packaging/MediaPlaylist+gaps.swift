import HLS
import Time

extension MediaPlaylist.Segment {
    /// Gaps with these numbers that share `hole`, as far as none becomes longer than a segment may be.
    static func gaps(_ numbers: some Collection<Int64>, filling hole: Duration, from start: UTCInstant, map: String?) -> [Self] {
        let share = max(.zero, hole) / max(1, numbers.count)
        let length = min(max(share, .milliseconds(1)), FeedChunker.Configuration.targetDuration)
        return numbers.enumerated().map { index, number in
            .gap(number: number, map: map, at: start.advanced(by: length * index), length: length)
        }
    }
}

extension Duration {
    /// How many gaps it takes to fill a hole so long where their number is free; never none, so that the hole is seen.
    var gaps: Int64 { max(.zero, self).microseconds / FeedChunker.Configuration.targetDuration.microseconds + 1 }
}
