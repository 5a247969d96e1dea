package import Archive
package import Identifiers
import Time

extension ConferenceStore: ClipRepository {
    package func clips(of recording: RecordingID) async throws(StoreError) -> [Clip] {
        try await read { connection throws(StoreError) in
            try connection.all("\(part: Clip.selection) WHERE recording = \(recording) ORDER BY id", Clip.init)
        }
    }

    package func clip(_ id: ClipID) async throws(StoreError) -> Clip? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: Clip.selection) WHERE id = \(id)", Clip.init)
        }
    }

    package func clipsToMake() async throws(StoreError) -> [Clip] {
        try await read { connection throws(StoreError) in
            try connection.all("\(part: Clip.selection) WHERE state = 'making' ORDER BY id", Clip.init)
        }
    }

    package func save(_ clip: Clip) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO clip (id, recording, conference, movie, begins, ends, exactness, title, state, note, file)
                VALUES (\(clip.id), \(clip.recording), \(clip.conference), \(clip.movie), \(clip.from), \(clip.until),
                    \(clip.exactness), \(clip.title), \(clip.state), \(clip.note), \(clip.file.map(JSONColumn.init)))
                ON CONFLICT (id) DO UPDATE SET state = excluded.state, note = excluded.note, file = excluded.file
                """)
        }
    }

    package func remove(_ clip: ClipID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM clip WHERE id = \(clip)")
        }
    }
}

extension Clip {
    fileprivate static let selection: Query = """
        SELECT id, recording, conference, movie, begins, ends, exactness, title, state, note, file FROM clip
        """

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), recording: try record.value("recording"),
            conference: try record.value("conference"), movie: try record.value("movie"), from: try record.value("begins"),
            until: try record.value("ends"), exactness: try record.value("exactness"),
            title: try record.optional("title"))
        state = try record.value("state")
        note = try record.optional("note")
        file = try record.optionalJSON("file")
    }
}
