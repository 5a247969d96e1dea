import Media
import Time

/// A part of the time line in which each track has one stretch: what one MP4 can hold.
struct RecordingPiece: Hashable {
    /// What a piece takes of one stretch.
    struct Part: Hashable {
        let stretch: StretchName
        /// Decode time of the first chunk, and the end of the last.
        let from: MediaTime
        var to: MediaTime
    }

    private(set) var parts: [TrackKind: Part] = [:]

    var from: MediaTime? { parts.values.map(\.from).min() }
    var to: MediaTime? { parts.values.map(\.to).max() }

    /// Cuts a recording into as few pieces as it takes, each chunk in the one in which it begins. Pictures that need an earlier
    /// one stay in its piece.
    static func pieces(of readings: [StretchReading]) -> [RecordingPiece] {
        let chunks = readings.flatMap { reading in reading.entries.map { (stretch: reading.name, entry: $0) } }
        var pieces: [RecordingPiece] = []
        var last: [TrackKind: (stretch: StretchName, piece: Int)] = [:]
        for (stretch, entry) in chunks.sorted(by: isEarlier) {
            if let before = last[stretch.track], before.stretch == stretch, !entry.isKey {
                pieces[before.piece].take(entry, of: stretch)
            } else {
                if !(pieces.last?.hasRoom(for: stretch) ?? false) { pieces.append(RecordingPiece()) }
                pieces[pieces.count - 1].take(entry, of: stretch)
                last[stretch.track] = (stretch, pieces.count - 1)
            }
        }
        return pieces
    }

    /// By time; at the same time the picture first, since the sound follows its segments.
    private static func isEarlier(
        _ left: (stretch: StretchName, entry: ChunkEntry), _ right: (stretch: StretchName, entry: ChunkEntry)
    ) -> Bool {
        if left.entry.time < right.entry.time { return true }
        if right.entry.time < left.entry.time { return false }
        return left.stretch < right.stretch
    }

    private func hasRoom(for stretch: StretchName) -> Bool {
        parts[stretch.track].map { $0.stretch == stretch } ?? true
    }

    private mutating func take(_ entry: ChunkEntry, of stretch: StretchName) {
        parts[stretch.track, default: Part(stretch: stretch, from: entry.time, to: entry.end)].to = entry.end
    }
}
