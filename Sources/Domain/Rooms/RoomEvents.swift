import Events
import FoundationEssentials
import Identifiers
import Programme
import Recording

/// The facts of an event as the JSON object that is stored and told.
enum Facts {
    struct Media: Encodable { let media: String }
    struct Reason: Encodable { let reason: String }
    struct Feed: Encodable { let room: RoomID, feed: FeedID }
    struct Removed: Encodable { let participant: ParticipantID, reason: String }
    struct Readmitted: Encodable { let participant: ParticipantID }
    struct Recording: Encodable { let recording: RecordingID, note: String? }
    struct Alarms: Encodable { let alarms: [RecordingAlarm] }
    struct Budget: Encodable { let bytes: Int64? }
    struct Nothing: Encodable {}

    static func text(_ facts: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(facts) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}

extension EventDraft {
    /// What happened in a session.
    init(_ kind: EventKind, in session: Session, to visibility: EventVisibility, _ facts: some Encodable = Facts.Nothing()) {
        self.init(
            kind, conference: session.conference, session: session.id, visibility: visibility, data: Facts.text(facts))
    }
}
