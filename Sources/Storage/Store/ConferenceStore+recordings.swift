package import Archive
package import Identifiers
package import Time

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

    package func recordings(_ search: RecordingSearch) async throws(StoreError) -> [ArchivedRecording] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                \(part: ArchivedRecording.selection) WHERE \(part: search.condition)
                ORDER BY started_at DESC, id DESC LIMIT \(search.limit)
                """, ArchivedRecording.init)
        }
    }

    package func recordingStarts(in conference: ConferenceID, rooms: [RoomID]) async throws(StoreError) -> [UTCInstant] {
        try await read { connection throws(StoreError) in
            try connection.all(
                "SELECT started_at FROM recording WHERE conference = \(conference) AND room IN (\(list: rooms)) ORDER BY started_at"
            ) { record throws(StoreError) in try record.value("started_at") }
        }
    }

    package func recordingToVerify(due: UTCInstant?) async throws(StoreError) -> ArchivedRecording? {
        try await read { connection throws(StoreError) in
            try connection.first(
                """
                \(part: ArchivedRecording.selection)
                WHERE state = 'ready' AND (verification_asked_at IS NOT NULL OR coalesce(verified_at, ended_at) <= \(due))
                ORDER BY CASE WHEN verification_asked_at IS NULL THEN 1 ELSE 0 END, coalesce(verification_asked_at, verified_at,
                    ended_at), id LIMIT 1
                """, ArchivedRecording.init)
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
                INSERT INTO recording (id, conference, session, room, state, started_at, ended_at, duration, files, chapters,
                    gaps, checksums_digest, note, verification, verified_at, verification_asked_at)
                VALUES (\(recording.id), \(recording.conference), \(recording.session), \(recording.room),
                    \(recording.state), \(recording.startedAt), \(recording.endedAt), \(recording.duration),
                    \(JSONColumn(recording.files)), \(JSONColumn(recording.chapters)), \(JSONColumn(recording.gaps)),
                    \(recording.checksumsDigest), \(recording.note), \(recording.verification.map(JSONColumn.init)),
                    \(recording.verification?.at), \(recording.verificationAskedAt))
                ON CONFLICT (id) DO UPDATE
                SET state = excluded.state, ended_at = excluded.ended_at, duration = excluded.duration,
                    files = excluded.files, chapters = excluded.chapters, gaps = excluded.gaps,
                    checksums_digest = excluded.checksums_digest, note = excluded.note,
                    verification = excluded.verification, verified_at = excluded.verified_at,
                    verification_asked_at = excluded.verification_asked_at
                """)
        }
    }
}

extension ArchivedRecording {
    fileprivate static let selection: Query = """
        SELECT id, conference, session, room, state, started_at, ended_at, duration, files, chapters, gaps, checksums_digest,
            note, verification, verification_asked_at
        FROM recording
        """

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), session: try record.value("session"), conference: try record.value("conference"),
            room: try record.value("room"), state: try record.value("state"), startedAt: try record.value("started_at"))
        endedAt = try record.optional("ended_at")
        duration = try record.optional("duration")
        files = try record.json("files")
        chapters = try record.json("chapters")
        gaps = try record.json("gaps")
        checksumsDigest = try record.optional("checksums_digest")
        note = try record.optional("note")
        verification = try record.optionalJSON("verification")
        verificationAskedAt = try record.optional("verification_asked_at")
    }
}

// MARK: - Search

extension RecordingSearch {
    fileprivate var condition: Query {
        var condition: Query = "conference = \(conference) AND room IN (\(list: rooms))"
        if let session { condition += " AND session = \(session)" }
        if let began { condition += " AND started_at >= \(began.lowerBound) AND started_at < \(began.upperBound)" }
        for word in words {
            // A word has neither % nor _ in it.
            condition +=
                " AND session IN (SELECT session FROM session_word WHERE conference = \(conference) AND word LIKE \(word + "%"))"
        }
        if let after {
            condition +=
                " AND (started_at, id) < (SELECT last.started_at, last.id FROM recording AS last WHERE last.id = \(after))"
        }
        return condition
    }
}
