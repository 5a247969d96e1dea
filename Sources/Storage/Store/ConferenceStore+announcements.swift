package import Discussion
import Events
package import Identifiers
package import Time

extension ConferenceStore: AnnouncementRepository {
    package func add(_ announcement: Announcement) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO announcement (id, conference, session, actor, instant, text)
                VALUES (\(announcement.id), \(announcement.conference), \(announcement.session), \(announcement.actor),
                    \(announcement.at), \(announcement.text))
                """)
        }
    }

    package func announcement(_ id: AnnouncementID) async throws(StoreError) -> Announcement? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: Announcement.selection) WHERE id = \(id)", Announcement.init)
        }
    }

    package func announcements(
        in session: SessionID, of conference: ConferenceID, since instant: UTCInstant, limit: Int
    ) async throws(StoreError) -> [Announcement] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                \(part: Announcement.selection)
                WHERE session = \(session) OR conference = \(conference) AND session IS NULL AND instant >= \(instant)
                ORDER BY instant DESC, id DESC LIMIT \(max(0, limit))
                """, Announcement.init)
        }.reversed()
    }

    package func announcementCount(in conference: ConferenceID) async throws(StoreError) -> Int {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT count(*) AS number FROM announcement WHERE conference = \(conference)") {
                record throws(StoreError) in try record.value("number", as: Int.self)
            } ?? 0
        }
    }

    package func delete(_ announcement: AnnouncementID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM announcement WHERE id = \(announcement)")
        }
    }
}

extension Announcement {
    fileprivate static let selection: Query = "SELECT id, conference, session, actor, instant, text FROM announcement"

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), conference: try record.value("conference"), session: try record.optional("session"),
            actor: try record.value("actor"), at: try record.value("instant"), text: try record.value("text"))
    }
}
