package import NIOCore
package import Time

/// A run of a track with one initialisation section, as a recording has kept it.
package struct KeptStretch: Hashable, Sendable {
    /// As much of how it is coded as a player wants to know beforehand; `codecs` is as RFC 6381 writes it.
    package enum Coding: Hashable, Sendable {
        case picture(codecs: String, width: Int32, height: Int32)
        case sound(codecs: String, channels: Int32)

        package var kind: TrackKind {
            switch self {
            case .picture: .picture
            case .sound: .sound
            }
        }
    }

    package let coding: Coding
    package let initialisation: ByteBuffer
    /// In order.
    package let segments: [KeptSegment]

    package init(coding: Coding, initialisation: ByteBuffer, segments: [KeptSegment]) {
        self.coding = coding
        self.initialisation = initialisation
        self.segments = segments
    }
}

/// What a recording has kept of a segment: chunks one behind the other, though not always all.
package struct KeptSegment: Hashable, Sendable {
    /// The media sequence number under which viewers received it.
    package let number: Int64
    package let start: UTCInstant
    package let duration: Duration
    /// 0 where that is not known.
    package let frames: Int
    package let place: ChunkPlace

    package init(number: Int64, start: UTCInstant, duration: Duration, frames: Int, place: ChunkPlace) {
        self.number = number
        self.start = start
        self.duration = duration
        self.frames = frames
        self.place = place
    }

    package var end: UTCInstant { start.advanced(by: duration) }

    /// Both together, where `next` is of the same segment and begins where this ends.
    package func joined(with next: KeptSegment) -> KeptSegment? {
        guard next.number == number, next.end >= end, let place = place.joined(with: next.place) else { return nil }
        return KeptSegment(
            number: number, start: start, duration: next.end.since(start), frames: frames + next.frames, place: place)
    }
}
