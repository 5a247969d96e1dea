import Files
import Identifiers
import Media
import NIOCore
import Time

/// One track of a recording that is being written: which stretch its chunks go to, and what is missing between them.
struct TrackLog {
    /// What became of a chunk.
    enum Outcome: Hashable {
        case kept
        /// Kept, with media missing before it.
        case keptBehindGap(from: MediaTime, to: MediaTime, GapCause)
        /// Not kept: see `GapCause`; or it cannot be decoded without one that was not kept.
        case leftOut
    }

    let kind: TrackKind
    private(set) var stretch: StretchFile?
    /// What the chunks to come decode with.
    private var initialisation: (sha256: Fingerprint, Initialisation)?
    private var stretches: Int
    /// The end of what was kept, in whichever stretch.
    private(set) var end: MediaTime?
    /// Why chunks have been left out since the last that was kept.
    private var missing: GapCause?

    /// A track that has nothing yet.
    init(_ kind: TrackKind) {
        self.kind = kind
        stretches = 0
    }

    /// A track that goes on after its stretches were read and are whole.
    init(_ kind: TrackKind, stretches: Int, last: StretchFile?, end: MediaTime?) {
        self.kind = kind
        self.stretches = stretches
        self.end = end
        stretch = last
        missing = .restart
    }

    mutating func take(_ initialisation: Initialisation) {
        self.initialisation = (Fingerprint(of: Array(buffer: initialisation.bytes)), initialisation)
    }

    /// Chunks were left out before they came here. What somebody ordered counts before what went wrong.
    mutating func noteMissing(_ cause: GapCause) {
        missing = cause == .paused ? cause : missing ?? cause
    }

    /// Writes a chunk where it belongs.
    ///
    /// - Throws: what the disk refuses; the chunk is left out then.
    mutating func append(_ chunk: Chunk, in recording: RecordingFolder, of id: RecordingID) throws(FileError) -> Outcome {
        guard fits(chunk) else {
            noteMissing(.refused)
            return .leftOut
        }
        guard chunk.isIndependent || missing == nil && end != nil else { return .leftOut }
        do {
            return try write(chunk, to: currentStretch(in: recording, of: id))
        } catch {
            noteMissing(.disk)
            throw error
        }
    }

    private func fits(_ chunk: Chunk) -> Bool {
        guard let (_, initialisation) = initialisation, chunk.stretch == initialisation.stretch,
            initialisation.bytes.readableBytes <= RecordingLimits.initialisation,
            1...RecordingLimits.chunk ~= chunk.bytes.readableBytes
        else { return false }
        return end.map { chunk.decodeTime >= $0 } ?? true
    }

    private mutating func write(_ chunk: Chunk, to stretch: StretchFile?) throws(FileError) -> Outcome {
        guard let stretch else {
            noteMissing(.refused)
            return .leftOut
        }
        let gap = self.gap(before: chunk)
        try stretch.append(chunk, gap: gap?.cause)
        end = chunk.decodeTime + chunk.duration
        missing = nil
        return gap.map { .keptBehindGap(from: $0.from, to: chunk.decodeTime, $0.cause) } ?? .kept
    }

    private func gap(before chunk: Chunk) -> (from: MediaTime, cause: GapCause)? {
        guard let end else { return nil }
        let length = (chunk.decodeTime - end).duration.microseconds
        return length > RecordingLimits.gapTolerance ? (end, missing ?? .source) : nil
    }

    /// The stretch of the present initialisation section, begun if it is not the running one; nil where a track has too many.
    private mutating func currentStretch(in recording: RecordingFolder, of id: RecordingID) throws(FileError) -> StretchFile? {
        guard let (sha256, initialisation) = initialisation else { return nil }
        if let stretch, stretch.header.sha256 == sha256 { return stretch }
        guard stretches < RecordingLimits.stretches else { return nil }
        try stretch?.synchronize()
        let name = StretchName(track: kind, number: stretches + 1)
        let next = try StretchFile(beginning: name, in: recording, of: id, initialisation)
        stretches += 1
        stretch = next
        return next
    }
}
