import HLS
import Media
import NIOCore
import Time

/// A track of a session, as its recordings have kept it.
struct KeptTrack {
    struct Segment {
        let kept: KeptSegment
        /// The file of its initialisation section.
        let map: String
        let shelf: any ChunkShelf

        var mark: Shelfmark { Shelfmark(shelf: shelf, place: kept.place) }
    }

    private static let targetDuration = FeedChunker.Configuration.targetDuration
    /// What begins no later behind the end of what came before goes on from there; times of a track are in ticks.
    private static let tolerance: Duration = .milliseconds(1)

    /// By number.
    private var segments: [Segment] = []
    private(set) var initialisations: [String: ByteBuffer] = [:]
    private var coding: KeptStretch.Coding?

    /// Adds what comes behind all that is there.
    mutating func append(_ stretch: KeptStretch, on shelf: any ChunkShelf) {
        let map = MediaFile.initialisationName(of: stretch.initialisation)
        initialisations[map] = stretch.initialisation
        coding = stretch.coding
        for kept in stretch.segments where follows(kept) { segments.append(Segment(kept: kept, map: map, shelf: shelf)) }
    }

    private func follows(_ kept: KeptSegment) -> Bool {
        guard let last = segments.last?.kept else { return true }
        return kept.number > last.number && kept.start.advanced(by: Self.tolerance) >= last.end
    }

    var kept: [KeptSegment] { segments.map(\.kept) }

    func segment(_ number: Int64) -> Segment? {
        var (low, high) = (0, segments.count)
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].kept.number < number { low = middle + 1 } else { high = middle }
        }
        return low < segments.count && segments[low].kept.number == number ? segments[low] : nil
    }
}

// MARK: - The playlist

extension KeptTrack {
    /// The numbers of the segments at which it does not go on as before.
    var breaks: Set<Int64> {
        let pairs = zip(segments, segments.dropFirst())
        return Set(pairs.filter { Self.isBreak(between: $0, and: $1) }.map(\.1.kept.number))
    }

    private static func isBreak(between last: Segment, and next: Segment) -> Bool {
        next.map != last.map || next.kept.start.since(last.kept.end) > tolerance
    }

    func playlist(on line: NumberLine, _ breaks: Set<Int64>) -> MediaPlaylist {
        let entries = entries(on: line, breaks)
        let first = entries.first?.number ?? 0
        return MediaPlaylist(
            targetDuration: Self.targetDuration, partTarget: .zero, segments: entries,
            discontinuitySequence: Int64(breaks.count { $0 < first }), isVOD: true)
    }

    /// Its segments, and gaps between them, as playlists tell of them.
    func entries(on line: NumberLine, _ breaks: Set<Int64>) -> [MediaPlaylist.Segment] {
        var entries: [MediaPlaylist.Segment] = []
        for (index, segment) in segments.enumerated() {
            if index > 0 { entries += segments[index - 1].gaps(on: line, until: segment) }
            entries.append(segment.entry)
        }
        for index in entries.indices.dropFirst() { entries[index].isDiscontinuous = breaks.contains(entries[index].number) }
        return entries
    }

    /// Gaps from its end to where the longest track ends.
    func gaps(toEndOf line: NumberLine) -> [MediaPlaylist.Segment] { segments.last?.gaps(on: line, until: nil) ?? [] }
}

extension KeptTrack.Segment {
    fileprivate var entry: MediaPlaylist.Segment {
        MediaPlaylist.Segment(
            number: kept.number, map: map, isDiscontinuous: false, programDate: kept.start, duration: kept.duration, parts: [],
            isComplete: true)
    }

    fileprivate func gaps(on line: NumberLine, until next: Self?) -> [MediaPlaylist.Segment] {
        let hole = (next?.kept.start ?? line.end)?.since(kept.end) ?? .zero
        let numbers = line.numbers(between: kept.number, and: next?.kept.number)
        return MediaPlaylist.Segment.gaps(numbers, filling: hole, from: kept.end, map: map)
    }
}

// MARK: - What the multivariant playlist says of it

extension KeptTrack {
    var picture: MultivariantPlaylist.Picture? {
        guard case .picture(let codecs, let width, let height) = coding else { return nil }
        return MultivariantPlaylist.Picture(
            uri: MultivariantPlaylist.address(of: .picture), codecs: codecs, width: width, height: height, frameRate: frameRate,
            bitrate: bitrate)
    }

    func sound(called name: String) -> MultivariantPlaylist.Sound? {
        guard case .sound(let codecs, let channels) = coding else { return nil }
        return MultivariantPlaylist.Sound(
            uri: MultivariantPlaylist.address(of: .sound), codecs: codecs, channels: channels, name: name, language: nil,
            bitrate: bitrate)
    }

    /// Over all of it; nil where its log does not say.
    private var frameRate: Double? {
        let counted = segments.map(\.kept).filter { $0.frames > 0 && $0.duration > .zero }
        let frames = counted.reduce(0) { $0 + $1.frames }
        return frames == 0 ? nil : Double(frames) / counted.reduce(.zero) { $0 + $1.duration }.inSeconds
    }

    private var bitrate: MultivariantPlaylist.Bitrate {
        let whole = segments.reduce(into: (bytes: 0, time: Duration.zero)) {
            $0.bytes += $1.kept.place.length
            $0.time += $1.kept.duration
        }
        let average = Self.bitrate(whole.bytes, whole.time)
        let measured = segments.filter { $0.kept.duration >= TrackWindow.shortestMeasured }
        let peak = measured.map { Self.bitrate($0.kept.place.length, $0.kept.duration) }.max() ?? average
        return MultivariantPlaylist.Bitrate(peak: max(peak, average), average: average)
    }

    private static func bitrate(_ bytes: Int, _ time: Duration) -> Int {
        Int(clamping: Int64(bytes) * 8_000_000 / max(1, time.microseconds))
    }
}
