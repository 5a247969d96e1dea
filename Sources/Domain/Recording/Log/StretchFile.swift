import Files
import Identifiers
import Media
import NIOCore
import Time

/// One stretch that is being written: its media and its index, in step.
final class StretchFile {
    let header: StretchHeader
    private let media: AppendOnlyFile
    private let index: AppendOnlyFile
    private(set) var chain: Fingerprint
    private(set) var chunks: Int
    private(set) var from: MediaTime?
    private(set) var end: MediaTime?
    /// What was appended since the last sync, media and line of each chunk.
    private var unsynced: [(media: [UInt8], line: [UInt8])] = []
    private var unsyncedBytes = 0
    /// Whether a sync has failed since the last that did not.
    private var isInDoubt = false

    var bytes: Int64 { media.length }
    /// Bytes of both files.
    var bytesOnDisk: Int64 { media.length + index.length }
    var isSynced: Bool { unsynced.isEmpty }
    /// Whether a reader relies on a sync before anything else is appended.
    private var mustSync: Bool {
        unsyncedBytes >= RecordingLimits.unsyncedBytes || unsynced.count >= RecordingLimits.unsyncedLines
    }

    /// Begins a stretch. Both files and their names are on the disk when it returns.
    init(
        beginning name: StretchName, in recording: RecordingFolder, of id: RecordingID, _ initialisation: Initialisation
    ) throws(FileError) {
        let bytes = Array(buffer: initialisation.bytes)
        header = StretchHeader(
            recording: id, name: name, coding: CodingParameters(initialisation.format), length: bytes.count,
            sha256: Fingerprint(of: bytes))
        let line = IndexLine(body: header.body, after: nil)
        media = try Self.make(name.media, in: recording, bytes)
        index = try Self.make(name.index, in: recording, line.bytes)
        chain = line.chain
        chunks = 0
        try recording.folder.synchronize()
    }

    private static func make(
        _ name: String, in recording: RecordingFolder, _ bytes: [UInt8]
    ) throws(FileError) -> AppendOnlyFile {
        try recording.folder.remove(name)
        let file = try AppendOnlyFile(creating: recording.path.appending(name))
        try file.append(bytes)
        try file.synchronize()
        return file
    }

    /// Goes on with a stretch that was read and is whole.
    init(
        continuing reading: StretchReading, _ header: StretchHeader, chain: Fingerprint, in recording: RecordingFolder
    ) throws(FileError) {
        self.header = header
        self.chain = chain
        media = try AppendOnlyFile(extending: recording.path.appending(header.name.media))
        index = try AppendOnlyFile(extending: recording.path.appending(header.name.index))
        chunks = reading.entries.count
        from = reading.entries.first?.time
        end = reading.end
    }

    /// Appends a chunk and its line, after a sync where one is due. Where any of it fails, both files are as before.
    func append(_ chunk: Chunk, gap: GapCause?) throws(FileError) {
        if mustSync { try synchronize() }
        let bytes = Array(buffer: chunk.bytes)
        let entry = ChunkEntry(chunk, bytes: bytes, number: chunks, offset: media.length, gap: gap)
        let line = IndexLine(body: entry.body, after: chain)
        try appendBoth(bytes, line.bytes)
        chain = line.chain
        chunks += 1
        from = from ?? entry.time
        end = entry.end
        unsynced.append((bytes, line.bytes))
        unsyncedBytes += bytes.count
    }

    /// Where the chunk is that was appended last.
    func last(_ chunk: Chunk) -> KeptChunk {
        let length = chunk.bytes.readableBytes
        let place = ChunkPlace(
            kind: chunk.kind, stretch: header.name.number, offset: media.length - Int64(length), length: length)
        return KeptChunk(segment: chunk.segment, part: chunk.part, place: place)
    }

    private func appendBoth(_ mediaBytes: [UInt8], _ lineBytes: [UInt8]) throws(FileError) {
        let (mediaLength, indexLength) = (media.length, index.length)
        do {
            try media.append(mediaBytes)
            try index.append(lineBytes)
        } catch {
            // What cannot be cut off now is overwritten by the next chunk, or cut off by the next recovery.
            try? media.truncate(to: mediaLength)
            try? index.truncate(to: indexLength)
            throw error
        }
    }

    /// Returns when everything appended is on the disk: first the media, then the lines that describe it.
    func synchronize() throws(FileError) {
        guard !isSynced else { return }
        do {
            if isInDoubt { try writeAgain() }
            try media.synchronize()
            try index.synchronize()
        } catch {
            isInDoubt = true
            throw error
        }
        (unsynced, unsyncedBytes, isInDoubt) = ([], 0, false)
    }

    /// After a sync that failed the kernel may have dropped what was to be synced, and the next sync would not miss it (fsync(2)).
    private func writeAgain() throws(FileError) {
        try media.rewriteEnd(unsynced.map(\.media))
        try index.rewriteEnd(unsynced.map(\.line))
    }
}
