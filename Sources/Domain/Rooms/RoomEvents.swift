import Events
import Identifiers
import Programme
import Recording

extension Facts {
    struct Media: Encodable { let media: String }
    struct Reason: Encodable { let reason: String }
    struct Feed: Encodable { let room: RoomID, feed: FeedID }
    struct Removed: Encodable { let participant: ParticipantID, reason: String }
    struct Readmitted: Encodable { let participant: ParticipantID }
    struct Admitted: Encodable { let participant: ParticipantID }
    struct Entrance: Encodable { let lobby: Bool, locked: Bool, seats: Int? }
    struct Recording: Encodable { let recording: RecordingID, note: String? }
    struct Alarms: Encodable { let alarms: [RecordingAlarm] }
    struct Budget: Encodable { let bytes: Int64? }
    struct Nothing: Encodable {}
}

extension EventDraft {
    /// What happened in a session.
    init(_ kind: EventKind, in session: Session, to visibility: EventVisibility, _ facts: some Encodable = Facts.Nothing()) {
        self.init(
            kind, conference: session.conference, session: session.id, visibility: visibility, data: Facts.text(facts))
    }
}
