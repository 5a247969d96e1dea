package import Access
package import Identifiers
package import Programme
package import Recording
package import Streams
package import Time

/// Where a session stands, for pages and API.
package struct SessionState: Sendable {
    package let session: Session
    package let phase: SessionPhase
    package let override: SessionOverride?
    package let doorsOpenAt: UTCInstant
    /// Where the multivariant playlist stands; nil while there is no media and no feed that will soon bring some.
    package let mediaPath: String?
    /// The feed in its room; nil while nobody publishes.
    package let feed: FeedHealth?
    /// How far it is recorded; nil where it is not running, or not to be recorded.
    package let recordingStatus: RecordingStatus?
    /// Nil while nothing is being recorded.
    package let recording: RecordingHealth?
    package let recordingAlarms: Set<RecordingAlarm>
    /// Participants in the room.
    package let present: Int
    /// Those of them who ask for media.
    package let watching: Int
}

/// What everybody in a session may know of its recording.
package enum RecordingStatus: String, Codable, CaseIterable, Hashable, Sendable {
    /// Nothing has come that could be recorded.
    case waiting
    case recording
    /// A moderator has paused it.
    case paused
    /// Media is being lost; the alarms say why.
    case failing
}

extension LiveSession {
    var recordingStatus: RecordingStatus? {
        guard phase == .running, session.isRecorded else { return nil }
        if pauses.isPaused { return .paused }
        if recordingAlarms(lacksSpace: false).contains(where: \.meansLoss) { return .failing }
        return recording == nil ? .waiting : .recording
    }

    func recordingAlarms(lacksSpace: Bool) -> Set<RecordingAlarm> {
        guard phase == .running, session.isRecorded else { return [] }
        let own = recording?.writer.state.alarms ?? (isRecordingRefused ? [.diskFailing] : [])
        return own.union(lacksSpace ? [.spaceShort] : [])
    }
}

/// How a running recording fares.
package struct RecordingHealth: Sendable {
    package let id: RecordingID
    package let writer: RecordingState

    init(id: RecordingID, _ writer: RecordingState) {
        self.id = id
        self.writer = writer
    }
}

/// What a participant gets at the door.
package struct Admission: Sendable {
    package let pass: Pass
    /// Who is not only watches.
    package let isInRoom: Bool
    /// The pass, signed, for a cookie or a path. A secret.
    package let token: String
}
