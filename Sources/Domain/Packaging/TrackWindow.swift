import HLS
import Media
import NIOCore
import Time

/// The segments of one track that viewers may fetch: those in the playlist, and for a while those that have left it. The bytes of the
/// newest are in memory; further back it goes only as far as a recording has kept every chunk.
struct TrackWindow {
    struct Segment {
        var entry: MediaPlaylist.Segment
        /// Of each part; slices of `bytes` once the segment is complete.
        var parts: [ByteBuffer] = []
        /// All parts together; nil while the segment is open, and in a gap.
        var bytes: ByteBuffer?
        var duration: MediaTime
        var frames = 0
        var size = 0
        /// What a recording has kept of it: its first chunks.
        var kept: (place: ChunkPlace, chunks: Int)?
    }

    private static let targetDuration = FeedChunker.Configuration.targetDuration
    /// More segments than this are not filled up with gaps: the window begins anew.
    private static let maximumGap = 32
    /// A shorter segment says nothing about the bit rate: RFC 8216 §4.3.4.2 looks at half a target duration and more.
    static let shortestMeasured: Duration = .seconds(1)

    /// Complete segments whose bytes stay in memory.
    let held: Int
    /// How far back the playlist goes where a recording has kept what has left the memory; zero where there is no recording.
    var rewind: Duration = .zero
    /// Where the recording can be read.
    var shelf: (any ChunkShelf)?
    private(set) var format: TrackFormat
    private(set) var segments: [Segment] = []
    private(set) var past = TrackPast()
    private var removed: [Segment] = []
    /// Whether gaps are still to lead from what was kept to what comes.
    private var awaitsBridge = false
    private var initialisations: [String: ByteBuffer] = [:]
    private var map: String?
    private var peakBitrate = 0
    /// Over the complete segments of the playlist; what it was last while those are all gaps.
    private var average: (bitrate: Int, frameRate: Double)?

    init(held: Int, format: TrackFormat) {
        self.held = held
        self.format = format
    }
}

// MARK: - What comes in

extension TrackWindow {
    /// What recordings have kept from before the program was started anew comes before all else.
    mutating func goOn(behind kept: KeptTrack, on line: NumberLine, _ breaks: Set<Int64>) {
        initialisations = kept.initialisations
        for entry in kept.entries(on: line, breaks) + kept.gaps(toEndOf: line) {
            past.append(entry, at: kept.segment(entry.number)?.mark)
        }
        awaitsBridge = true
    }

    /// Gaps, from the one of this number on, for the time in which the program was down, or nobody sent.
    mutating func bridge(from first: Int64, to chunk: Chunk, _ discontinuities: Discontinuities) {
        guard awaitsBridge, let end = past.end else { return }
        awaitsBridge = false
        let hole = chunk.instant.since(end)
        guard hole < rewind else { return past.unlistAll() }
        let numbers = min(first, chunk.segment)..<chunk.segment
        for var gap in MediaPlaylist.Segment.gaps(numbers, filling: hole, from: end, map: past.listed.lastMap) {
            gap.isDiscontinuous = discontinuities.contains(gap.number)
            past.append(gap, at: nil)
        }
    }

    mutating func append(_ initialisation: Initialisation) {
        let name = MediaFile.initialisationName(of: initialisation.bytes)
        initialisations[name] = initialisation.bytes
        format = initialisation.format
        map = name
    }

    mutating func append(_ chunk: Chunk, _ discontinuities: Discontinuities) {
        if segments.last?.entry.number != chunk.segment { begin(chunk.segment, at: chunk.instant) }
        guard var segment = segments.popLast() else { return }
        segment.append(chunk)
        if chunk.isLast { segment.complete() }
        segments.append(segment)
        if chunk.isLast { measure(segment) }
        trim(discontinuities)
    }

    mutating func append(_ gap: Gap, _ discontinuities: Discontinuities) {
        if segments.last?.entry.number != gap.segment { begin(gap.segment, at: gap.instant, isGap: true) }
        guard let last = segments.indices.last, segments[last].entry.isGap else { return }
        segments[last].entry.duration += gap.duration
        segments[last].entry.parts.append(.init(duration: gap.duration, isIndependent: false, isGap: true))
        trim(discontinuities)
    }

    /// No part of the open segment will come any more.
    mutating func complete() {
        guard var segment = segments.popLast() else { return }
        segment.complete()
        segments.append(segment)
    }

    /// The number after that of the last segment; nil where there is none.
    var nextNumber: Int64? { segments.last.map { $0.entry.number + 1 } }

    private mutating func begin(_ number: Int64, at date: UTCInstant, isGap: Bool = false) {
        complete()
        fillGap(before: number, at: date)
        let entry = MediaPlaylist.Segment(
            number: number, map: map, isDiscontinuous: false, isGap: isGap, programDate: date, duration: .zero, parts: [],
            isComplete: false)
        segments.append(Segment(entry: entry, duration: MediaTime(ticks: 0, timescale: format.timescale)))
    }

    /// A gap for each number that this track has nothing for, so that numbers go on one by one (RFC 8216 §4.3.2.1).
    private mutating func fillGap(before number: Int64, at date: UTCInstant) {
        guard let last = segments.last, let next = nextNumber, next < number else { return }
        guard number - next <= Self.maximumGap else {
            past.unlistAll()
            removed += segments
            segments = []
            return
        }
        let end = last.entry.end
        for entry in MediaPlaylist.Segment.gaps(next..<number, filling: date.since(end), from: end, map: map) {
            segments.append(Segment(entry: entry, duration: MediaTime(ticks: 0, timescale: 1)))
        }
    }
}

// MARK: - What leaves

extension TrackWindow {
    /// Lets go of the oldest segments, but never so that less than three target durations stay (RFC 8216 §6.2.2), and where the
    /// playlist goes back further, so that what a delta update says again is there; and forgets those that have been out of the
    /// playlist for as long as anybody may still ask for them: their own duration and that of the longest playlist they were in.
    private mutating func trim(_ discontinuities: Discontinuities) {
        let least = Self.targetDuration * (rewind > .zero ? 6 : 3)
        while segments.count > held + 1, duration - segments[0].entry.duration >= least, !awaitsKeeping { letGo(discontinuities) }
        past.trim(to: rewind - duration, keepingUnlisted: rewind)
        while let oldest = removed.first, removedDuration > duration + oldest.entry.duration * 2 {
            removed.removeFirst()
        }
        let used = Set((removed + segments).compactMap(\.entry.map))
        initialisations = initialisations.filter { used.contains($0.key) || $0.key == map || past.uses(map: $0.key) }
    }

    /// Whether the oldest segment may still be written to the disk, which is slower than viewers.
    private var awaitsKeeping: Bool { rewind > .zero && !segments[0].isLasting && segments.count <= held * 2 }

    /// What is not kept cannot be gone back to, nor what lies before it, since a playlist has no holes.
    private mutating func letGo(_ discontinuities: Discontinuities) {
        let segment = segments.removeFirst()
        if rewind > .zero, segment.isLasting {
            past.append(segment.entry(discontinuities), at: mark(of: segment))
        } else {
            past.unlistAll()
            removed.append(segment)
        }
    }

    /// Nil for a gap.
    private func mark(of segment: Segment) -> Shelfmark? {
        guard let shelf, let kept = segment.kept else { return nil }
        return Shelfmark(shelf: shelf, place: kept.place)
    }

    /// Of the playlist.
    var length: Duration { past.listedDuration + duration }

    /// Of what is in memory.
    private var duration: Duration { segments.reduce(.zero) { $0 + $1.entry.duration } }
    private var removedDuration: Duration { removed.reduce(.zero) { $0 + $1.entry.duration } }
}

// MARK: - What a recording keeps

extension TrackWindow {
    /// A recording has kept this chunk.
    mutating func note(_ chunk: KeptChunk) {
        guard let index = segments.lastIndex(where: { $0.entry.number == chunk.segment }) else { return }
        segments[index].note(chunk)
    }
}

// MARK: - What is asked for

extension TrackWindow {
    func bytes(of file: MediaFile) -> ByteBuffer? {
        switch file {
        case .initialisation(let name):
            initialisations[name]
        case .segment(let number):
            segment(number)?.bytes
        case .part(let position):
            segment(position.segment).flatMap { $0.parts.dropFirst(position.part).first }
        }
    }

    /// Where a segment is that is no longer in memory.
    func mark(of file: MediaFile) -> Shelfmark? {
        guard case .segment(let number) = file else { return nil }
        return past.mark(of: number)
    }

    private func segment(_ number: Int64) -> Segment? {
        segments.last { $0.entry.number == number } ?? removed.last { $0.entry.number == number }
    }

    /// The number of the oldest segment in the playlist, as its file is called.
    var oldest: Int64? { past.oldest ?? segments.first?.entry.number }

    func playlist(partTarget: Duration, _ discontinuities: Discontinuities) -> MediaPlaylist {
        MediaPlaylist(
            targetDuration: Self.targetDuration, partTarget: partTarget, past: past.listed,
            segments: segments.map { $0.entry(discontinuities) },
            discontinuitySequence: discontinuities.sequence(before: oldest ?? 0))
    }
}

// MARK: - What it measures

extension TrackWindow {
    private mutating func measure(_ segment: Segment) {
        let seconds = segment.duration.seconds
        if segment.duration.duration >= Self.shortestMeasured {
            peakBitrate = max(peakBitrate, Int((Double(segment.size) * 8 / seconds).rounded(.up)))
        }
        let whole = segments.filter { $0.entry.isComplete }.reduce((size: 0, frames: 0, seconds: 0)) {
            ($0.size + $1.size, $0.frames + $1.frames, $0.seconds + $1.duration.seconds)
        }
        guard whole.seconds > 0 else { return }
        average = (Int((Double(whole.size) * 8 / whole.seconds).rounded(.up)), Double(whole.frames) / whole.seconds)
    }

    /// Of the largest segment so far, and over the playlist.
    var bitrate: MultivariantPlaylist.Bitrate {
        let average = average?.bitrate ?? 0
        return MultivariantPlaylist.Bitrate(peak: max(peakBitrate, average), average: average)
    }

    /// Frames a second over the playlist; nil while it is empty.
    var frameRate: Double? { average?.frameRate }
}

extension TrackWindow.Segment {
    mutating func append(_ chunk: Chunk) {
        duration = duration + chunk.duration
        entry.duration = duration.duration
        entry.parts.append(MediaPlaylist.Part(duration: chunk.duration.duration, isIndependent: chunk.isIndependent))
        parts.append(chunk.bytes)
        frames += chunk.frames
        size += chunk.bytes.readableBytes
    }

    /// What playlists tell of it.
    func entry(_ discontinuities: Discontinuities) -> MediaPlaylist.Segment {
        var entry = entry
        entry.isDiscontinuous = discontinuities.contains(entry.number)
        return entry
    }

    /// Whether it can be had when it is no longer in memory: all of it is kept, or there is nothing to keep.
    var isLasting: Bool {
        entry.isComplete && (entry.isGap || kept.map { $0.chunks == entry.parts.count && $0.place.length == size } ?? false)
    }

    mutating func note(_ chunk: KeptChunk) {
        if kept == nil, chunk.part == 0 {
            kept = (chunk.place, 1)
        } else if let known = kept, known.chunks == chunk.part, let place = known.place.joined(with: chunk.place) {
            kept = (place, known.chunks + 1)
        }
    }

    /// The segment's bytes are those of its parts, which become slices of them: nothing is kept twice.
    mutating func complete() {
        guard !entry.isComplete else { return }
        entry.isComplete = true
        guard !entry.isGap else { return }
        var whole = ByteBuffer()
        whole.reserveCapacity(size)
        for part in parts { whole.writeImmutableBuffer(part) }
        bytes = whole
        parts = parts.compactMap { whole.readSlice(length: $0.readableBytes) }
    }
}
