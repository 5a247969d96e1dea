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
    /// Nil while nothing is being recorded.
    package let recording: RecordingHealth?
    /// Participants in the room.
    package let present: Int
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
    /// The pass, signed, for a cookie or a path. A secret.
    package let token: String
}
