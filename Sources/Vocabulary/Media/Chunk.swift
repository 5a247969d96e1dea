package import NIOCore
package import Time

/// A CMAF chunk of one track (ISO/IEC 23000-19 §7.3.3.2): one `moof` and its `mdat`, made once and read by the HLS packager
/// and by the recorder. It is a part of LL-HLS.
package struct Chunk: Hashable, Sendable {
    package let kind: TrackKind
    /// Which stretch of the track it belongs to: it decodes with the initialisation section of the same number. Counts from 0.
    package let stretch: Int
    /// The media sequence number of the segment that it is part of.
    package let segment: Int64
    /// Its place in the segment; 0 begins the segment.
    package let part: Int
    /// Decode time of its first frame on the tracks' time line, as in its `tfdt`.
    package let decodeTime: MediaTime
    /// The sum of its frames' durations, in the timescale of `decodeTime`.
    package let duration: MediaTime
    /// Whether decoding may begin at its first frame.
    package let isIndependent: Bool
    /// Whether the feed does not go on here as before: a new stretch, or media missing between. Both tracks of a feed say so
    /// of the same segment, even where only one of them is concerned (RFC 8216 §6.2.4).
    package let isDiscontinuous: Bool
    /// Whether it ends its segment.
    package let isLast: Bool
    /// How many frames it holds.
    package let frames: Int
    /// The instant of its first frame on the wall clock.
    package var instant: UTCInstant
    package let bytes: ByteBuffer

    package init(
        kind: TrackKind, stretch: Int, segment: Int64, part: Int, decodeTime: MediaTime, duration: MediaTime,
        isIndependent: Bool, isDiscontinuous: Bool, isLast: Bool = false, frames: Int = 1, instant: UTCInstant,
        bytes: ByteBuffer
    ) {
        self.kind = kind
        self.stretch = stretch
        self.segment = segment
        self.part = part
        self.decodeTime = decodeTime
        self.duration = duration
        self.isIndependent = isIndependent
        self.isDiscontinuous = isDiscontinuous
        self.isLast = isLast
        self.frames = frames
        self.instant = instant
        self.bytes = bytes
    }
}

/// The initialisation section (`ftyp` and `moov`) with which the chunks of one stretch decode.
package struct Initialisation: Hashable, Sendable {
    package let format: TrackFormat
    /// Counts the formats that the track has had, from 0.
    package let stretch: Int
    package let bytes: ByteBuffer

    package init(format: TrackFormat, stretch: Int, bytes: ByteBuffer) {
        self.format = format
        self.stretch = stretch
        self.bytes = bytes
    }
}

/// Stands where a track has no chunk: a part of a segment in which nothing came. It is told to viewers, and not recorded.
package struct Gap: Hashable, Sendable {
    package let kind: TrackKind
    /// The media sequence number of the segment that it is part of, which consists of gaps only.
    package let segment: Int64
    package let duration: Duration
    /// Where it begins on the wall clock.
    package let instant: UTCInstant

    package init(kind: TrackKind, segment: Int64, duration: Duration, instant: UTCInstant) {
        self.kind = kind
        self.segment = segment
        self.duration = duration
        self.instant = instant
    }
}

/// What a chunker makes of a track, in order.
package enum ChunkerOutput: Hashable, Sendable {
    case initialisation(Initialisation)
    case chunk(Chunk)
}
