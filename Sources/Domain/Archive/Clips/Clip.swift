package import Identifiers
package import Recording
package import Time

/// A part of a recording that somebody wants as a file.
package struct Clip: Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable {
        /// It is made, or waits for its turn.
        case making
        case ready
        /// It cannot be made; `note` says why.
        case failed
    }

    package let id: ClipID
    package let recording: RecordingID
    package let conference: ConferenceID
    /// The finished file that it is cut from.
    package let movie: String
    /// What was asked for, to the millisecond.
    package let from: UTCInstant
    package let until: UTCInstant
    package let exactness: ClipExactness
    /// What somebody calls it; nil where nobody does.
    package let title: String?
    package var state = State.making
    package var note: String?
    /// What was made.
    package var file: File?

    package struct File: Hashable, Codable, Sendable {
        package let startsAt: UTCInstant
        package let seconds: Double
        package let bytes: Int64
        /// In hexadecimal.
        package let sha256: String

        package init(startsAt: UTCInstant, seconds: Double, bytes: Int64, sha256: String) {
            (self.startsAt, self.seconds, self.bytes, self.sha256) = (startsAt, seconds, bytes, sha256)
        }
    }

    /// Clips of one recording.
    package static let most = 100

    package init(
        id: ClipID, recording: RecordingID, conference: ConferenceID, movie: String, from: UTCInstant, until: UTCInstant,
        exactness: ClipExactness, title: String? = nil
    ) {
        self.id = id
        self.recording = recording
        self.conference = conference
        self.movie = movie
        self.from = from
        self.until = until
        self.exactness = exactness
        self.title = title
    }
}

/// What the domain needs kept of clips.
package protocol ClipRepository: Sendable {
    /// In the order in which they were asked for.
    func clips(of recording: RecordingID) async throws -> [Clip]
    func clip(_ id: ClipID) async throws -> Clip?
    /// Those that are still to be made, the oldest first.
    func clipsToMake() async throws -> [Clip]
    /// Adds it, or replaces what was kept of it.
    func save(_ clip: Clip) async throws
    func remove(_ clip: ClipID) async throws
}
