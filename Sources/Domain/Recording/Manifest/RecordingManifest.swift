package import Identifiers
package import Media

/// What a recording's folder holds, in words and numbers (`manifest.json`). Media is found without it.
package struct RecordingManifest: Codable, Hashable, Sendable {
    package static let currentFormat = 1

    package let format: Int
    package let recording: RecordingID
    package let session: SessionID
    package let conference: ConferenceID
    package let titles: [String: String]
    /// The instant of time 0.
    package let origin: ExactInstant
    package internal(set) var runs: [Run] = []
    /// When the wall clock was found to have been set; absent where it never was.
    package internal(set) var clock: [ClockReading]?
    package internal(set) var tracks: [Track] = []
    package internal(set) var losses: [Loss] = []
    /// Empty until the recording is finished.
    package internal(set) var products: [Product] = []

    init(_ header: RecordingHeader) {
        format = Self.currentFormat
        recording = header.recording
        session = header.session
        conference = header.conference
        titles = header.titles
        origin = ExactInstant(header.origin)
    }

    /// From one opening for writing to the end of it. Only the last run may be without an end: it is going on.
    package struct Run: Codable, Hashable, Sendable {
        package let began: ExactInstant
        package internal(set) var ended: ExactInstant?
        package internal(set) var ending: RecordingEnding?
    }

    /// From an instant of the time line on, the wall clock was so far ahead of it, in microseconds.
    package struct ClockReading: Codable, Hashable, Sendable {
        package let from: ExactInstant
        package let ahead: Int64
    }

    package struct Track: Codable, Hashable, Sendable {
        package let track: TrackKind
        package internal(set) var stretches: [Stretch] = []
        package internal(set) var gaps: [Gap] = []
        /// Gaps behind those listed.
        package internal(set) var gapsLeftOut = 0
    }

    package struct Stretch: Codable, Hashable, Sendable {
        package let file: String
        package let coding: CodingParameters
        /// Bytes of the initialisation section.
        package let initialisation: Int
        package internal(set) var chunks: Int
        /// Bytes of the media file.
        package internal(set) var bytes: Int64
        package internal(set) var from: ExactInstant
        package internal(set) var to: ExactInstant
        /// The chain value of its last line.
        package internal(set) var chain: Fingerprint
    }

    /// A hole in a track.
    package struct Gap: Codable, Hashable, Sendable {
        package let from: ExactInstant
        package let to: ExactInstant
        package let cause: GapCause
    }

    /// What a recovery cut away from a stretch.
    package struct Loss: Codable, Hashable, Sendable {
        package let file: String
        /// When it was found.
        package let found: ExactInstant
        /// The end of the last chunk that was kept; nil where none was.
        package let keptUntil: ExactInstant?
        package let mediaBytes: Int64
        package let indexBytes: Int64
        /// The same for people.
        package let words: String
    }

    /// A finished MP4 and the part of the time line that it holds.
    package struct Product: Codable, Hashable, Sendable {
        package let file: String
        package let from: ExactInstant
        package let to: ExactInstant
        package let bytes: Int64
    }
}

/// How a run of a recording came to its end.
package enum RecordingEnding: String, Codable, Hashable, Sendable {
    /// The session was over.
    case over
    /// Somebody stopped the recording.
    case moderator
    /// The server was stopped.
    case stopped
    /// The program was killed or the power failed; written by the recovery.
    case lost
}
