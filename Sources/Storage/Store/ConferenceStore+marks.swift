package import Archive
package import Identifiers
import Time

extension ConferenceStore: MarkRepository {
    package func marks(of session: SessionID) async throws(StoreError) -> [Mark] {
        try await read { connection throws(StoreError) in
            try connection.all("\(part: Mark.selection) WHERE session = \(session) ORDER BY instant, id", Mark.init)
        }
    }

    package func mark(_ id: MarkID) async throws(StoreError) -> Mark? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: Mark.selection) WHERE id = \(id)", Mark.init)
        }
    }

    package func save(_ mark: Mark) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO mark (id, session, conference, instant, title)
                VALUES (\(mark.id), \(mark.session), \(mark.conference), \(mark.at), \(mark.title))
                ON CONFLICT (id) DO UPDATE SET instant = excluded.instant, title = excluded.title
                """)
        }
    }

    package func remove(_ mark: MarkID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM mark WHERE id = \(mark)")
        }
    }
}

extension Mark {
    fileprivate static let selection: Query = "SELECT id, session, conference, instant, title FROM mark"

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), session: try record.value("session"), conference: try record.value("conference"),
            at: try record.value("instant"), title: try record.value("title"))
    }
}
