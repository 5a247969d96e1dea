package import Archive
package import Identifiers
import Time

/// The end of recordings, and how much they may take until then.
extension ConferenceStore {
    package func bury(_ tombstone: RecordingTombstone) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO recording_tombstone (id, conference, session, room, started_at, deleted_at, actor, reason, files)
                VALUES (\(tombstone.id), \(tombstone.conference), \(tombstone.session), \(tombstone.room),
                    \(tombstone.startedAt), \(tombstone.deletedAt), \(tombstone.actor), \(tombstone.reason),
                    \(JSONColumn(tombstone.files)))
                """)
            try connection.change("DELETE FROM recording WHERE id = \(tombstone.id)", "recording")
        }
    }

    package func tombstone(of id: RecordingID) async throws(StoreError) -> RecordingTombstone? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: RecordingTombstone.selection) WHERE id = \(id)", RecordingTombstone.init)
        }
    }

    package func tombstones(in conference: ConferenceID) async throws(StoreError) -> [RecordingTombstone] {
        try await read { connection throws(StoreError) in
            try connection.all(
                "\(part: RecordingTombstone.selection) WHERE conference = \(conference) ORDER BY started_at, id",
                RecordingTombstone.init)
        }
    }

    package func budget(of conference: ConferenceID) async throws(StoreError) -> Int64? {
        let bytes = try await read { connection throws(StoreError) in
            try connection.first("SELECT recording_budget FROM conference WHERE id = \(conference)") {
                record throws(StoreError) in try record.optional("recording_budget") as Int64?
            }
        }
        return bytes ?? nil
    }

    package func setBudget(_ bytes: Int64?, of conference: ConferenceID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.change(
                "UPDATE conference SET recording_budget = \(bytes) WHERE id = \(conference)", "conference")
        }
    }
}

extension RecordingTombstone {
    fileprivate static let selection: Query = """
        SELECT id, conference, session, room, started_at, deleted_at, actor, reason, files FROM recording_tombstone
        """

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), session: try record.value("session"), conference: try record.value("conference"),
            room: try record.value("room"), startedAt: try record.value("started_at"),
            deletedAt: try record.value("deleted_at"), actor: try record.value("actor"), reason: try record.value("reason"),
            files: try record.json("files"))
    }
}
