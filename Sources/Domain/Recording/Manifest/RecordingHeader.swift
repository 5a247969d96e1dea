package import Identifiers
package import Time

/// What is known of a recording before its first chunk.
package struct RecordingHeader: Hashable, Sendable {
    package let recording: RecordingID
    package let session: SessionID
    package let conference: ConferenceID
    /// The session's titles by language (BCP 47).
    package let titles: [String: String]
    /// The instant of time 0 of every track: what the chunks' decode times count from.
    package let origin: UTCInstant

    package init(
        recording: RecordingID, session: SessionID, conference: ConferenceID, titles: [String: String], origin: UTCInstant
    ) {
        self.recording = recording
        self.session = session
        self.conference = conference
        self.titles = titles
        self.origin = origin
    }
}
