package import Identifiers
package import Recording
package import Time

/// The lasting result of one session, as the archive lists it. The media and its proofs lie in the recording's own folder.
package struct ArchivedRecording: Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable {
        case recording
        /// The session is over; the file is being made.
        case finishing
        case ready
        /// Nothing could be kept or finished; `note` says why.
        case failed
    }

    package let id: RecordingID
    package let session: SessionID
    package let conference: ConferenceID
    package let room: RoomID
    package var state: State
    package let startedAt: UTCInstant
    package var endedAt: UTCInstant?
    /// Of the finished files together.
    package var duration: Duration?
    /// Finished files: those that play first, in order.
    package var files: [RecordingFile]
    /// As the finished files carry them.
    package var chapters: [RecordingChapter]
    /// Where media is missing, by time; the first `maximumGaps`. All stand in the folder's manifest.
    package var gaps: [RecordingGap]
    /// SHA-256 of the folder's list of checksums: what verification starts from.
    package var checksumsDigest: String?
    /// What was lost, or why it failed, in words for the archivist.
    package var note: String?
    package var verification: Verification?
    /// When somebody asked for it to be verified, until that is done.
    package var verificationAskedAt: UTCInstant?

    package static let maximumGaps = 100

    /// When the folder was last checked, and what was found.
    package struct Verification: Hashable, Codable, Sendable {
        package let at: UTCInstant
        package let files: Int
        /// In words, one each; empty where all is sound.
        package let faults: [String]

        package init(at: UTCInstant, files: Int, faults: [String]) {
            self.at = at
            self.files = files
            self.faults = faults
        }
    }

    /// Whether its file is still to be made.
    package var isUnfinished: Bool { state == .recording || state == .finishing }
    /// The files that play, in the order of time.
    package var movies: [RecordingFile] { files.filter { $0.kind == .movie } }
    /// Whether the last verification found something.
    package var isFaulty: Bool { !(verification?.faults.isEmpty ?? true) }

    package init(
        id: RecordingID, session: SessionID, conference: ConferenceID, room: RoomID, state: State, startedAt: UTCInstant
    ) {
        self.id = id
        self.session = session
        self.conference = conference
        self.room = room
        self.state = state
        self.startedAt = startedAt
        self.files = []
        self.chapters = []
        self.gaps = []
    }
}

/// A hole in a finished recording.
package struct RecordingGap: Hashable, Codable, Sendable {
    package let at: UTCInstant
    package let seconds: Double
    package let cause: Cause

    /// Why, as much of it as matters to an archivist; the folder's manifest says it exactly.
    package enum Cause: String, Codable, Hashable, Sendable {
        /// The production desk sent nothing.
        case source
        /// A moderator had paused the recording.
        case paused
        /// The server could not keep what may have come.
        case loss
    }

    package init(at: UTCInstant, seconds: Double, cause: Cause) {
        self.at = at
        self.seconds = seconds
        self.cause = cause
    }
}

/// What the domain needs kept of recordings.
package protocol RecordingRepository: Sendable {
    func recordings(in conference: ConferenceID) async throws -> [ArchivedRecording]
    func recordings(of session: SessionID) async throws -> [ArchivedRecording]
    /// At most `limit`, the latest first.
    func recordings(_ search: RecordingSearch) async throws -> [ArchivedRecording]
    /// When each recording in these rooms began.
    func recordingStarts(in conference: ConferenceID, rooms: [RoomID]) async throws -> [UTCInstant]
    /// Those that are not ready and not failed, in every conference: what a start of the program takes up again.
    func unfinishedRecordings() async throws -> [ArchivedRecording]
    /// Of those that are ready the one to be verified next: one that somebody asked for, else the one whose last verification, or
    /// end, lies longest before `due`. Nil where none is.
    func recordingToVerify(due: UTCInstant?) async throws -> ArchivedRecording?
    func recording(_ id: RecordingID) async throws -> ArchivedRecording?
    /// Puts the tombstone in the recording's place.
    func bury(_ tombstone: RecordingTombstone) async throws
    func tombstone(of id: RecordingID) async throws -> RecordingTombstone?
    func tombstones(in conference: ConferenceID) async throws -> [RecordingTombstone]
    /// Bytes that the recordings of a conference may take; nil where nobody has set that.
    func budget(of conference: ConferenceID) async throws -> Int64?
    func setBudget(_ bytes: Int64?, of conference: ConferenceID) async throws
    /// Adds it, or replaces what was kept of it.
    func save(_ recording: ArchivedRecording) async throws
}
