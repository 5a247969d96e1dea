import Files
import FoundationEssentials
package import Media
import NIOCore
import Time

extension RecordingFolder {
    /// All that it has, by track and time, read from the indexes on a thread of its own. Of the media only the end is looked at, which a
    /// crash may have torn: the rest is the work of verification. Of a stretch that is damaged what stands before the damage is given.
    ///
    /// - Throws: where there is no manifest or the disk refuses.
    package func keptStretches() async throws(RecordingError) -> [KeptStretch] {
        try await offPool { () throws(RecordingError) in
            let origin = try manifest().origin.instant
            var kept: [KeptStretch] = []
            for name in try stretches() {
                let stretch = try filing { () throws(FileError) in try keptStretch(name, from: origin) }
                if let stretch { kept.append(stretch) }
            }
            return kept
        }
    }

    /// Bytes at the end of a stretch that may not have reached the disk at a crash.
    private static let unsynced = Int64(RecordingLimits.unsyncedBytes + RecordingLimits.chunk)

    /// Whether its media are there; what was synced is not read for that.
    private func isWhole(_ entry: ChunkEntry, in media: ReadableFile, of length: Int64) throws(FileError) -> Bool {
        guard entry.endOffset > length - Self.unsynced else { return true }
        return entry.describes(try media.read(at: entry.offset, count: entry.length))
    }

    private func keptStretch(_ name: StretchName, from origin: UTCInstant) throws(FileError) -> KeptStretch? {
        guard let media = try ReadableFile.ifPresent(path.appending(name.media)),
            let index = try ReadableFile.ifPresent(path.appending(name.index))
        else { return nil }
        var lines = ChainedLines(index)
        guard let first = try lines.next(), let header = StretchHeader(first, name: name) else { return nil }
        let initialisation = try media.read(at: 0, count: header.length)
        guard initialisation.count == header.length else { return nil }
        var segments = KeptSegments(of: name, from: origin)
        let (decoder, length) = (JSONDecoder(), try media.length())
        while let line = try lines.next(),
            let entry = ChunkEntry(line, timescale: header.coding.timescale, decoder: decoder),
            try isWhole(entry, in: media, of: length)
        {
            segments.append(entry)
        }
        return KeptStretch(
            coding: KeptStretch.Coding(header.coding, of: name.track), initialisation: ByteBuffer(bytes: initialisation),
            segments: segments.all)
    }
}

/// The lines of an index up to the first that does not follow from the one before.
private struct ChainedLines {
    private var lines: IndexLineReader
    private var chain: Fingerprint?

    init(_ index: ReadableFile) {
        lines = IndexLineReader(index)
    }

    mutating func next() throws(FileError) -> IndexLine? {
        guard let read = try lines.next(), let line = IndexLine(read.bytes), line.follows(chain) else { return nil }
        chain = line.chain
        return line
    }
}

/// The segments of which a stretch has chunks.
private struct KeptSegments {
    private let name: StretchName
    private let origin: UTCInstant
    private(set) var all: [KeptSegment] = []

    init(of name: StretchName, from origin: UTCInstant) {
        self.name = name
        self.origin = origin
    }

    mutating func append(_ entry: ChunkEntry) {
        let start = origin.advanced(by: entry.time.duration)
        let place = ChunkPlace(kind: name.track, stretch: name.number, offset: entry.offset, length: entry.length)
        let segment = KeptSegment(
            number: entry.segment, start: start, duration: origin.advanced(by: entry.end.duration).since(start),
            frames: entry.frames ?? 0, place: place)
        if let whole = all.last?.joined(with: segment) { all[all.count - 1] = whole } else { all.append(segment) }
    }
}

extension KeptStretch.Coding {
    fileprivate init(_ coding: CodingParameters, of track: TrackKind) {
        self =
            switch track {
            case .picture: .picture(codecs: coding.codecs, width: coding.width ?? 0, height: coding.height ?? 0)
            case .sound: .sound(codecs: coding.codecs, channels: coding.channels ?? 0)
            }
    }
}
