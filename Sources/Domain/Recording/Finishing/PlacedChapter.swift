import FFmpeg
package import Time

/// A chapter where it stands in a file that holds a part of the time line.
package struct PlacedChapter: Hashable, Sendable {
    package let source: RecordingChapter
    /// From the beginning of the file.
    package let start: Duration
    package let end: Duration

    var chapter: ChapterTrack.Chapter { .init(start: start, end: end, title: source.title) }

    /// The chapters of the part from `from` to `to`. It begins with the one that was going on there, where there was one.
    package static func place(_ chapters: [RecordingChapter], from: UTCInstant, to: UTCInstant) -> [PlacedChapter] {
        let sorted = chapters.sorted { $0.at < $1.at }
        let running = sorted.last { $0.at <= from }
        let wanted = [running].compactMap(\.self) + sorted.filter { $0.at > from && $0.at < to }
        let starts = wanted.map { max($0.at, from).since(from) }
        let ends = starts.dropFirst() + [to.since(from)]
        return zip(wanted, zip(starts, ends)).map { PlacedChapter(source: $0, start: $1.0, end: $1.1) }
    }
}
