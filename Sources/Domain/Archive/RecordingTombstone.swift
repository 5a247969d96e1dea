package import Identifiers
package import Time

/// What remains of a recording that was deleted: that it was there, what it consisted of, and who let it go and why.
package struct RecordingTombstone: Hashable, Sendable {
    package let id: RecordingID
    package let session: SessionID
    package let conference: ConferenceID
    package let room: RoomID
    package let startedAt: UTCInstant
    package let deletedAt: UTCInstant
    /// The id of the participant or token, or `command-line`.
    package let actor: String
    package let reason: String
    /// Every file that its folder held.
    package let files: [KeptFile]

    package init(
        id: RecordingID, session: SessionID, conference: ConferenceID, room: RoomID, startedAt: UTCInstant,
        deletedAt: UTCInstant, actor: String, reason: String, files: [KeptFile]
    ) {
        self.id = id
        self.session = session
        self.conference = conference
        self.room = room
        self.startedAt = startedAt
        self.deletedAt = deletedAt
        self.actor = actor
        self.reason = reason
        self.files = files
    }
}

/// A file in a recording's folder.
package struct KeptFile: Hashable, Codable, Sendable {
    package let name: String
    package let bytes: Int64

    package init(name: String, bytes: Int64) {
        self.name = name
        self.bytes = bytes
    }
}
