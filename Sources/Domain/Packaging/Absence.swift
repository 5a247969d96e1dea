import Media
import Time

/// The time in which no track of a feed has anything, as it is told to viewers, so that their players go on: gaps, each a part long,
/// in segments of nothing else.
struct Absence {
    /// More time than this does not pass at once: a machine that was asleep does not make up for it.
    static let longestStep: Duration = .seconds(10)

    private let configuration: FeedChunker.Configuration
    /// Where what came before ended, on the wall clock.
    private let start: UTCInstant
    private var lasted: Duration
    private var told: Duration = .zero
    /// The segment that is being told, and how long it is so far.
    private var segment: (number: Int64, length: Duration)?

    init(from start: UTCInstant, lasting lasted: Duration, _ configuration: FeedChunker.Configuration) {
        self.configuration = configuration
        self.start = start
        self.lasted = lasted
    }

    mutating func pass(_ elapsed: Duration) {
        lasted += elapsed
    }

    /// The next gap that is over, for each of `kinds`; none where there is none yet.
    mutating func next(_ kinds: [TrackKind], in line: inout SegmentLine) -> [Gap] {
        let full = segment.map { configuration.segmentDuration - $0.length } ?? .zero
        let length = full > .zero ? min(configuration.partDuration, full) : configuration.partDuration
        guard lasted - told >= length else { return [] }
        if full <= .zero { segment = (line.skip(), .zero) }
        guard let number = segment?.number else { return [] }
        defer {
            segment?.length += length
            told += length
        }
        return kinds.map { Gap(kind: $0, segment: number, duration: length, instant: start.advanced(by: told)) }
    }
}
