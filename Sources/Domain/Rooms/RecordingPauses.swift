import Media
import Time

/// When a moderator had the recording of a session paused, as far back as chunks may still be on their way.
struct RecordingPauses: Hashable {
    /// Earlier ones are forgotten.
    private static let longest = 16

    private var over: [Range<UTCInstant>] = []
    /// Since when it is paused; nil where it is not.
    private(set) var since: UTCInstant?

    /// - Parameter since: of a pause that goes on.
    init(since: UTCInstant? = nil) {
        self.since = since
    }

    var isPaused: Bool { since != nil }

    mutating func begin(at instant: UTCInstant) {
        since = since ?? instant
    }

    mutating func end(at instant: UTCInstant) {
        guard let since = since.take() else { return }
        over = over.suffix(Self.longest - 1) + [since..<max(since, instant)]
    }

    /// Whether anything of the chunk is of a time when it was paused.
    func cover(_ chunk: Chunk) -> Bool {
        let (from, to) = (chunk.instant, chunk.instant.advanced(by: chunk.duration.duration))
        return since.map { $0 < to } ?? false || over.contains { $0.lowerBound < to && from < $0.upperBound }
    }
}
