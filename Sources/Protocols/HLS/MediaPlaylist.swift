package import Time

/// The playlist of one track (RFC 8216 §4.3.3, with the partial segments of draft-pantos-hls-rfc8216bis §4.4).
///
/// A playlist that goes on carries partial segments near its end; one that is over does not need them.
package struct MediaPlaylist: Hashable, Sendable {
    /// The protocol version that all that is rendered here fits in (§8).
    package static let version = 9

    /// No segment, rounded to whole seconds, lasts longer. It never changes while the playlist lives.
    package var targetDuration: Duration
    /// No part lasts longer. It never changes either.
    package var partTarget: Duration
    /// What comes before `segments`.
    package var past: PastSegments
    /// In order, their numbers without a gap. The last one may still be open; only it may be.
    package var segments: [Segment]
    /// How many discontinuities came before the first segment of all, its own not counted.
    package var discontinuitySequence: Int64
    /// Where the playlists of the other tracks are, and how far they have come.
    package var reports: [RenditionReport]
    /// Nothing will be added.
    package var isEnded: Bool
    /// It has been whole from the first and never changes (§4.3.3.5): it has an end, and there is nothing to wait for.
    package let isVOD: Bool

    package init(
        targetDuration: Duration, partTarget: Duration, past: PastSegments = PastSegments(), segments: [Segment],
        discontinuitySequence: Int64, reports: [RenditionReport] = [], isVOD: Bool = false
    ) {
        self.targetDuration = targetDuration
        self.partTarget = partTarget
        self.past = past
        self.segments = segments
        self.discontinuitySequence = discontinuitySequence
        self.reports = reports
        self.isEnded = isVOD
        self.isVOD = isVOD
    }
}

extension MediaPlaylist {
    package struct Segment: Hashable, Sendable {
        /// Its media sequence number.
        package var number: Int64
        /// The file of its initialisation section; nil in a gap before any.
        package var map: String?
        package var isDiscontinuous: Bool
        /// Whether there is no media: the track had nothing for this number.
        package var isGap: Bool
        /// The instant of its first frame on the wall clock.
        package var programDate: UTCInstant
        /// The sum of its parts, while it is open of those that are there.
        package var duration: Duration
        package var parts: [Part]
        /// Whether all of its parts are there.
        package var isComplete: Bool

        package init(
            number: Int64, map: String?, isDiscontinuous: Bool, isGap: Bool = false, programDate: UTCInstant, duration: Duration,
            parts: [Part], isComplete: Bool
        ) {
            self.number = number
            self.map = map
            self.isDiscontinuous = isDiscontinuous
            self.isGap = isGap
            self.programDate = programDate
            self.duration = duration
            self.parts = parts
            self.isComplete = isComplete
        }

        package var end: UTCInstant { programDate.advanced(by: duration) }

        /// A complete segment of which there is nothing.
        package static func gap(number: Int64, map: String?, at date: UTCInstant, length: Duration) -> Segment {
            Segment(
                number: number, map: map, isDiscontinuous: false, isGap: true, programDate: date, duration: length, parts: [],
                isComplete: true)
        }
    }

    package struct Part: Hashable, Sendable {
        package var duration: Duration
        /// Whether decoding may begin with it.
        package var isIndependent: Bool
        /// Whether there is no media: all parts of a gap are gaps.
        package var isGap: Bool

        package init(duration: Duration, isIndependent: Bool, isGap: Bool = false) {
            self.duration = duration
            self.isIndependent = isIndependent
            self.isGap = isGap
        }
    }

    /// How far another track's playlist has come.
    package struct RenditionReport: Hashable, Sendable {
        /// Relative to this playlist.
        package var uri: String
        package var last: PartPosition

        package init(uri: String, last: PartPosition) {
            self.uri = uri
            self.last = last
        }
    }

    /// The last part that is there; nil where there is none.
    package var last: PartPosition? {
        segments.last { !$0.parts.isEmpty }.map { PartPosition(segment: $0.number, part: $0.parts.count - 1) }
    }

    /// The part that will come next, as far as can be told: nil where nothing will, and in a gap, which goes on for nobody
    /// knows how long.
    package var hint: PartPosition? {
        guard !isEnded, let last = segments.last, !last.isGap else { return nil }
        return last.isComplete
            ? PartPosition(segment: last.number + 1, part: 0) : PartPosition(segment: last.number, part: last.parts.count)
    }
}
