import FoundationEssentials
import Media
package import Time

/// A line of an index behind the first: one chunk, where it lies and when it is.
package struct ChunkEntry: Hashable, Sendable {
    /// Counts the chunks of the file from 0.
    package let number: Int
    /// Where it begins in the media file.
    package let offset: Int64
    package let length: Int
    /// Under which numbers live viewers received it.
    package let segment: Int64
    package let part: Int
    package let time: MediaTime
    package let duration: MediaTime
    /// How many frames it holds; nil where the log does not say.
    package let frames: Int?
    package let isKey: Bool
    package let instant: UTCInstant
    /// Why media is missing before it; nil where none is.
    package let gap: GapCause?
    package let sha256: Fingerprint

    /// When it ends, on the time line.
    package var end: MediaTime { time + duration }
    /// Where it ends in the media file.
    var endOffset: Int64 { offset + Int64(length) }

    /// Whether this is what was written there.
    func describes(_ bytes: [UInt8]) -> Bool { bytes.count == length && Fingerprint(of: bytes) == sha256 }

    var body: String {
        #"{"chunk":\#(number),"offset":\#(offset),"length":\#(length),"segment":\#(segment),"part":\#(part),"#
            + #""time":\#(time.ticks),"duration":\#(duration.ticks)"# + (frames.map { #","frames":\#($0)"# } ?? "")
            + #","key":\#(isKey),"utc":\#(instant.microseconds)"#
            + (gap.map { #","gap":"\#($0.rawValue)""# } ?? "") + #","sha256":"\#(sha256)""#
    }

    init(_ chunk: Chunk, bytes: [UInt8], number: Int, offset: Int64, gap: GapCause?) {
        self.number = number
        self.offset = offset
        length = bytes.count
        segment = chunk.segment
        part = chunk.part
        time = chunk.decodeTime
        duration = chunk.duration
        frames = chunk.frames
        isKey = chunk.isIndependent
        instant = chunk.instant
        self.gap = gap
        sha256 = Fingerprint(of: bytes)
    }

    /// Reads the body of a line; nil where it is no chunk's or its numbers are out of bounds.
    init?(_ line: IndexLine, timescale: Int32, decoder: JSONDecoder) {
        guard let read = try? decoder.decode(Members.self, from: Data(line.json)), read.isInBounds else { return nil }
        number = read.chunk
        offset = read.offset
        length = read.length
        segment = read.segment
        part = read.part
        time = MediaTime(ticks: read.time, timescale: timescale)
        duration = MediaTime(ticks: read.duration, timescale: timescale)
        frames = read.frames
        isKey = read.key
        instant = UTCInstant(microseconds: read.utc)
        gap = read.gap
        sha256 = read.sha256
    }

    private struct Members: Decodable {
        let chunk: Int
        let offset: Int64
        let length: Int
        let segment: Int64
        let part: Int
        let time: Int64
        let duration: Int64
        let frames: Int?
        let key: Bool
        let utc: Int64
        let gap: GapCause?
        let sha256: Fingerprint

        /// No file or time line is as long as 2^60; below that, sums of two cannot overflow.
        var isInBounds: Bool {
            let bound = Int64(1) << 60
            return 0..<bound ~= offset && 1...RecordingLimits.chunk ~= length && -bound..<bound ~= time && 0..<bound ~= duration
                && 1...length ~= frames ?? 1
        }
    }
}
