package import Archive
package import Identifiers
import Time

extension ConferenceStore: RecordingRepository {
    package func recordings(in conference: ConferenceID) async throws(StoreError) -> [ArchivedRecording] {
        try await read { connection throws(StoreError) in
            try connection.all(
                "\(part: ArchivedRecording.selection) WHERE conference = \(conference) ORDER BY started_at, id",
                ArchivedRecording.init)
        }
    }

    package func recordings(of session: SessionID) async throws(StoreError) -> [ArchivedRecording] {
        try await read { connection throws(StoreError) in
            try connection.all(
                "\(part: ArchivedRecording.selection) WHERE session = \(session) ORDER BY started_at, id",
                ArchivedRecording.init)
        }
    }

    package func unfinishedRecordings() async throws(StoreError) -> [ArchivedRecording] {
        try await read { connection throws(StoreError) in
            try connection.all(
                "\(part: ArchivedRecording.selection) WHERE state IN ('recording', 'finishing') ORDER BY started_at, id",
                ArchivedRecording.init)
        }
    }

    package func recording(_ id: RecordingID) async throws(StoreError) -> ArchivedRecording? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: ArchivedRecording.selection) WHERE id = \(id)", ArchivedRecording.init)
        }
    }

    package func save(_ recording: ArchivedRecording) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO recording (id, conference, session, room, state, started_at, ended_at, duration, files,
                    gaps, checksums_digest, note, verification)
                VALUES (\(recording.id), \(recording.conference), \(recording.session), \(recording.room),
                    \(recording.state), \(recording.startedAt), \(recording.endedAt), \(recording.duration),
                    \(JSONColumn(recording.files)), \(JSONColumn(recording.gaps)), \(recording.checksumsDigest), \(recording.note),
                    \(recording.verification.map(JSONColumn.init)))
                ON CONFLICT (id) DO UPDATE
                SET state = excluded.state, ended_at = excluded.ended_at, duration = excluded.duration,
                    files = excluded.files, gaps = excluded.gaps, checksums_digest = excluded.checksums_digest, note = excluded.note,
                    verification = excluded.verification
                """)
        }
    }
}

extension ArchivedRecording {
    fileprivate static let selection: Query = """
        SELECT id, conference, session, room, state, started_at, ended_at, duration, files, gaps, checksums_digest,
            note, verification
        FROM recording
        """

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), session: try record.value("session"), conference: try record.value("conference"),
            room: try record.value("room"), state: try record.value("state"), startedAt: try record.value("started_at"))
        endedAt = try record.optional("ended_at")
        duration = try record.optional("duration")
        files = try record.json("files")
        gaps = try record.json("gaps")
        checksumsDigest = try record.optional("checksums_digest")
        note = try record.optional("note")
        verification = try record.optionalJSON("verification")
    }
}
