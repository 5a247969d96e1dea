import Files
import FoundationEssentials
import Media
import Time

/// Reads a stretch and holds every line and every byte of media against the rules of docs/recording-format.md.
struct StretchReader {
    enum Extent {
        /// What stands before the first fault is all that is wanted.
        case untilFirstFault
        /// Go on behind a fault, to name every one.
        case everything
    }

    /// More faults than these are not listed: the file is ruined.
    static let maximumFaults = 1000

    private let media: ReadableFile?
    private var lines: IndexLineReader?
    private let extent: Extent
    private let decoder = JSONDecoder()
    private var reading: StretchReading
    /// The chain values that the next line may follow: the stated and the computed one of a line that does not fit.
    private var previous: [Fingerprint] = []
    /// What the next chunk has to continue; nil behind a line that could not be read.
    private var expected: (number: Int, offset: Int64, time: MediaTime?)? = nil

    /// Reads the stretch; a missing file counts as empty.
    static func read(
        _ name: StretchName, of recording: RecordingFolder, _ extent: Extent, onBytes: (Int) -> Void = { _ in }
    ) throws(FileError) -> StretchReading {
        var reader = try StretchReader(name, of: recording, extent)
        try reader.readAll(onBytes: onBytes)
        return reader.reading
    }

    private init(_ name: StretchName, of recording: RecordingFolder, _ extent: Extent) throws(FileError) {
        self.extent = extent
        media = try ReadableFile.ifPresent(recording.path.appending(name.media))
        let index = try ReadableFile.ifPresent(recording.path.appending(name.index))
        lines = index.map(IndexLineReader.init)
        reading = StretchReading(
            name: name, mediaLength: try media?.length() ?? 0, indexLength: try index?.length() ?? 0)
    }

    private mutating func readAll(onBytes: (Int) -> Void) throws(FileError) {
        guard try readHeader() else { return try countLinesBehind() }
        while let line = try lines?.next() {
            let isValid = try take(line, onBytes: onBytes)
            if !isValid, extent == .untilFirstFault {
                reading.linesBehind = 1
                return try countLinesBehind()
            }
        }
        noteMediaBehind()
    }

    private mutating func countLinesBehind() throws(FileError) {
        while try lines?.next() != nil { reading.linesBehind += 1 }
    }

    private mutating func noteFault(_ file: String, _ range: Range<Int64>?, _ problem: String) {
        guard reading.faults.count < Self.maximumFaults else { return }
        reading.faults.append(RecordingFault(file, problem, at: range))
    }

    private mutating func noteMediaBehind() {
        let end = expected?.offset ?? reading.validMedia
        guard reading.mediaLength > end else { return }
        noteFault(reading.name.media, end..<reading.mediaLength, "There are bytes that no line of the index describes.")
    }
}

// MARK: - Header

extension StretchReader {
    private mutating func readHeader() throws(FileError) -> Bool {
        let name = reading.name
        guard let line = try lines?.next() else {
            noteFault(name.index, nil, "It is missing or empty.")
            return false
        }
        guard let parsed = IndexLine(line.bytes), let header = StretchHeader(parsed, name: name), parsed.follows(nil) else {
            reading.linesBehind = 1
            noteFault(name.index, line.range, "The first line is not a valid header of this stretch; what follows was not read.")
            return false
        }
        try checkInitialisation(header)
        guard reading.faults.isEmpty || extent == .everything else { return false }
        reading.header = header
        reading.chain = parsed.chain
        reading.validIndex = line.end
        reading.validMedia = Int64(header.length)
        previous = [parsed.chain]
        expected = (0, Int64(header.length), nil)
        return true
    }

    private mutating func checkInitialisation(_ header: StretchHeader) throws(FileError) {
        let bytes = try media?.read(at: 0, count: header.length) ?? []
        guard bytes.count < header.length || Fingerprint(of: bytes) != header.sha256 else { return }
        noteFault(reading.name.media, 0..<Int64(header.length), "The initialisation section does not fit its SHA-256.")
    }
}

// MARK: - Chunks

extension StretchReader {
    /// Reads one line behind the header and the media that it describes.
    ///
    /// - Returns: whether both are valid and continue what came before.
    private mutating func take(_ line: IndexLineReader.Line, onBytes: (Int) -> Void) throws(FileError) -> Bool {
        guard let parsed = IndexLine(line.bytes), let timescale = reading.header?.coding.timescale,
            let entry = ChunkEntry(parsed, timescale: timescale, decoder: decoder)
        else {
            noteFault(reading.name.index, line.range, "This is no line of an index.")
            (previous, expected) = ([], nil)
            return false
        }
        guard follows(parsed) else {
            noteFault(reading.name.index, line.range, "The line does not fit the chain.")
            expected = nil
            return false
        }
        let isContinuous = continues(entry)
        if !isContinuous { noteFault(reading.name.index, line.range, "The chunk does not continue the one before it.") }
        let isMedia = try checkMedia(of: entry)
        onBytes(entry.length)
        expected = after(entry)
        guard isContinuous, isMedia else { return false }
        keep(entry, parsed, line)
        return true
    }

    private mutating func follows(_ line: IndexLine) -> Bool {
        let isFirstReadable = previous.isEmpty
        let fits = isFirstReadable || previous.contains { line.follows($0) }
        previous = fits ? [line.chain] : [line.chain] + previous.prefix(1).map { IndexLine.chain(of: line.body, after: $0) }
        return fits
    }

    private func continues(_ entry: ChunkEntry) -> Bool {
        guard let expected else { return true }
        let isInTime = expected.time.map { entry.time >= $0 } ?? true
        return entry.number == expected.number && entry.offset == expected.offset && isInTime
    }

    private func after(_ entry: ChunkEntry) -> (Int, Int64, MediaTime?) {
        (entry.number + 1, entry.endOffset, entry.end)
    }

    private mutating func checkMedia(of entry: ChunkEntry) throws(FileError) -> Bool {
        let bytes = try media?.read(at: entry.offset, count: entry.length) ?? []
        if entry.describes(bytes) { return true }
        let problem = bytes.count < entry.length ? "The file ends within chunk" : "The bytes do not fit the SHA-256 of chunk"
        noteFault(reading.name.media, entry.offset..<entry.endOffset, "\(problem) \(entry.number).")
        return false
    }

    private mutating func keep(_ entry: ChunkEntry, _ parsed: IndexLine, _ line: IndexLineReader.Line) {
        reading.entries.append(entry)
        reading.chain = parsed.chain
        reading.validIndex = line.end
        reading.validMedia = entry.endOffset
    }
}
