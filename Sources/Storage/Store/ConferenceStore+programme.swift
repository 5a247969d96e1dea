import Access
import Archive
package import Identifiers
package import Programme
import Time

extension ConferenceStore: ProgrammeRepository {
    package func conferences() async throws(StoreError) -> [Conference] {
        try await read { connection throws(StoreError) in
            try connection.all("\(part: Conference.selection) ORDER BY starts_at, id", Conference.init)
        }
    }

    package func conference(_ id: ConferenceID) async throws(StoreError) -> Conference? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: Conference.selection) WHERE id = \(id)", Conference.init)
        }
    }

    package func conference(slug: String) async throws(StoreError) -> Conference? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: Conference.selection) WHERE slug = \(slug)", Conference.init)
        }
    }

    package func rooms(in conference: ConferenceID) async throws(StoreError) -> [Room] {
        try await read { connection throws(StoreError) in
            try connection.all("\(part: Room.selection) WHERE conference = \(conference) ORDER BY position", Room.init)
        }
    }

    package func room(_ id: RoomID) async throws(StoreError) -> Room? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: Room.selection) WHERE id = \(id)", Room.init)
        }
    }

    package func publishedVersion(in conference: ConferenceID) async throws(StoreError) -> ProgrammeVersion? {
        try await read { connection throws(StoreError) in try connection.publishedVersion(of: conference) }
    }

    package func sessions(in conference: ConferenceID) async throws(StoreError) -> [Session] {
        try await read { connection throws(StoreError) in
            try connection.all(
                "\(part: Session.published) AND content.conference = \(conference) ORDER BY starts_at, id", Session.init)
        }
    }

    package func session(_ id: SessionID) async throws(StoreError) -> Session? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: Session.published) AND content.session = \(id)", Session.init)
        }
    }
}

// MARK: - Writing

extension ConferenceStore {
    package func add(_ conference: Conference, rooms: [Room]) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.insert(conference)
            for (position, room) in rooms.enumerated() { try connection.insert(room, at: position) }
        }
    }

    package func update(_ conference: Conference) async throws(StoreError) {
        try await write { connection throws(StoreError) in try connection.update(conference) }
    }

    package func publish(
        _ sessions: [Session], in conference: ConferenceID
    ) async throws(StoreError) -> ProgrammeVersion {
        let now = clock.now()
        return try await write { connection throws(StoreError) in try connection.publish(sessions, in: conference, at: now) }
    }

    package func publish(
        _ conference: Conference, rooms: [Room], sessions: [Session], after version: Int?, draft: Int?
    ) async throws(StoreError) -> ProgrammeVersion? {
        let now = clock.now()
        return try await write { connection throws(StoreError) in
            let standing = try connection.publishedVersion(of: conference.id)?.number ?? 0
            guard version == nil || version == standing else { return nil }
            try connection.set(conference)
            try connection.set(rooms, of: conference.id)
            return try connection.publish(sessions, in: conference.id, as: draft, at: now)
        }
    }

    package func addDraft(_ yaml: String, in conference: ConferenceID) async throws(StoreError) -> ProgrammeVersion {
        let now = clock.now()
        return try await write { connection throws(StoreError) in
            let version = ProgrammeVersion(
                conference: conference, number: try connection.newestVersion(of: conference) + 1, state: .draft, createdAt: now)
            try connection.insert(version, plan: yaml)
            return version
        }
    }

    package func draft(_ number: Int, in conference: ConferenceID) async throws(StoreError) -> String? {
        try await read { connection throws(StoreError) in
            try connection.first(
                """
                SELECT plan FROM programme_version
                WHERE conference = \(conference) AND number = \(number) AND state = \(ProgrammeVersion.State.draft)
                """
            ) { record throws(StoreError) in try record.value("plan", as: String.self) }
        }
    }

    package func versions(in conference: ConferenceID) async throws(StoreError) -> [ProgrammeVersion] {
        try await read { connection throws(StoreError) in
            try connection.all(
                "SELECT conference, number, state, created_at FROM programme_version WHERE conference = \(conference) ORDER BY number",
                ProgrammeVersion.init)
        }
    }

    package func sessionKeys(in conference: ConferenceID) async throws(StoreError) -> [String: SessionID] {
        let pairs = try await read { connection throws(StoreError) in
            try connection.all("SELECT key, id FROM session WHERE conference = \(conference)") { record throws(StoreError) in
                (try record.value("key", as: String.self), try record.value("id", as: SessionID.self))
            }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    package func overrides(in conference: ConferenceID) async throws(StoreError) -> [SessionID: SessionOverride] {
        let pairs = try await read { connection throws(StoreError) in
            try connection.all(
                """
                SELECT word.session, word.state FROM session_override AS word JOIN session ON session.id = word.session
                WHERE session.conference = \(conference)
                """
            ) { record throws(StoreError) in
                (try record.value("session", as: SessionID.self), try record.value("state", as: SessionOverride.self))
            }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    package func setOverride(_ override: SessionOverride?, of session: SessionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            guard let override else {
                try connection.run("DELETE FROM session_override WHERE session = \(session)")
                return
            }
            try connection.run(
                """
                INSERT INTO session_override (session, state) VALUES (\(session), \(override))
                ON CONFLICT (session) DO UPDATE SET state = excluded.state
                """)
        }
    }
}

extension Connection {
    fileprivate func insert(_ conference: Conference) throws(StoreError) {
        try run(
            """
            INSERT INTO conference (id, slug, title, time_zone, starts_at, ends_at)
            VALUES (\(conference.id), \(conference.slug), \(conference.title), \(conference.timeZone),
                \(conference.startsAt), \(conference.endsAt))
            """)
    }

    fileprivate func update(_ conference: Conference) throws(StoreError) {
        try run(
            """
            UPDATE conference SET title = \(conference.title), time_zone = \(conference.timeZone),
            starts_at = \(conference.startsAt), ends_at = \(conference.endsAt) WHERE id = \(conference.id)
            """)
    }

    fileprivate func set(_ conference: Conference) throws(StoreError) {
        let known = try first("\(part: Conference.selection) WHERE id = \(conference.id)", Conference.init)
        if known == nil { try insert(conference) } else { try update(conference) }
    }

    /// These are all rooms of the conference, in their order. They first make place for each other: a position has one room.
    fileprivate func set(_ rooms: [Room], of conference: ConferenceID) throws(StoreError) {
        try run("UPDATE room SET position = position + \(1_000_000) WHERE conference = \(conference)")
        let known = Set(try all("\(part: Room.selection) WHERE conference = \(conference)", Room.init).map(\.id))
        for (position, room) in rooms.enumerated() {
            if known.contains(room.id) { try update(room, at: position) } else { try insert(room, at: position) }
        }
    }

    fileprivate func publish(
        _ sessions: [Session], in conference: ConferenceID, as draft: Int? = nil, at now: UTCInstant
    ) throws(StoreError) -> ProgrammeVersion {
        let number = if let draft { draft } else { try newestVersion(of: conference) + 1 }
        let version = ProgrammeVersion(conference: conference, number: number, state: .published, createdAt: now)
        if draft == nil { try insert(version) } else { try publish(version) }
        for session in sessions {
            try insert(session, in: version)
            try rewriteWords(of: session)
        }
        return version
    }

    fileprivate func publishedVersion(of conference: ConferenceID) throws(StoreError) -> ProgrammeVersion? {
        try first(
            """
            SELECT conference, number, state, created_at FROM programme_version
            WHERE conference = \(conference) AND state = \(ProgrammeVersion.State.published) ORDER BY number DESC LIMIT 1
            """, ProgrammeVersion.init)
    }

    fileprivate func insert(_ room: Room, at position: Int) throws(StoreError) {
        try run(
            """
            INSERT INTO room (id, conference, key, name, position)
            VALUES (\(room.id), \(room.conference), \(room.key), \(room.name), \(position))
            """)
    }

    fileprivate func update(_ room: Room, at position: Int) throws(StoreError) {
        try run("UPDATE room SET name = \(room.name), position = \(position) WHERE id = \(room.id)")
    }

    fileprivate func newestVersion(of conference: ConferenceID) throws(StoreError) -> Int {
        let newest = try first(
            "SELECT max(number) AS newest FROM programme_version WHERE conference = \(conference)"
        ) { record throws(StoreError) in try record.optional("newest", as: Int.self) }
        return (newest ?? nil) ?? 0
    }

    /// - Parameter plan: the YAML text of a draft.
    fileprivate func insert(_ version: ProgrammeVersion, plan: String? = nil) throws(StoreError) {
        try run(
            """
            INSERT INTO programme_version (conference, number, state, created_at, plan)
            VALUES (\(version.conference), \(version.number), \(version.state), \(version.createdAt), \(plan))
            """)
    }

    /// Makes a draft the published version of its number.
    fileprivate func publish(_ version: ProgrammeVersion) throws(StoreError) {
        try change(
            """
            UPDATE programme_version SET state = \(version.state), created_at = \(version.createdAt), plan = NULL
            WHERE conference = \(version.conference) AND number = \(version.number)
                AND state = \(ProgrammeVersion.State.draft)
            """, "draft")
    }

    /// The schema refuses a session or a room of another conference.
    fileprivate func insert(_ session: Session, in version: ProgrammeVersion) throws(StoreError) {
        try run(
            """
            INSERT INTO session (id, conference, key) VALUES (\(session.id), \(session.conference), \(session.key))
            ON CONFLICT (id) DO NOTHING
            """)
        try run(
            """
            INSERT INTO session_content (conference, version, session, room, title, abstract, speakers, format,
                audiences, lets_others_watch, languages, starts_at, ends_at, is_recorded)
            VALUES (\(version.conference), \(version.number), \(session.id), \(session.room), \(session.title),
                \(session.abstract), \(JSONColumn(session.speakers)), \(session.format), \(session.audienceColumn),
                \(session.letsOthersWatch), \(JSONColumn(session.languages)), \(session.startsAt), \(session.endsAt), \(session.isRecorded))
            """)
    }

    /// What it is found by from now on. A session that a later version leaves out keeps its words, as it keeps its recordings.
    fileprivate func rewriteWords(of session: Session) throws(StoreError) {
        try run("DELETE FROM session_word WHERE session = \(session.id)")
        for word in SearchWords.of(session.texts) {
            try run(
                "INSERT INTO session_word (conference, word, session) VALUES (\(session.conference), \(word), \(session.id))")
        }
    }
}

// MARK: - Rows

extension Conference {
    fileprivate static let selection: Query = "SELECT id, slug, title, time_zone, starts_at, ends_at FROM conference"

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), slug: try record.value("slug"), title: try record.value("title"),
            timeZone: try record.value("time_zone"), startsAt: try record.value("starts_at"),
            endsAt: try record.value("ends_at"))
    }
}

extension Room {
    fileprivate static let selection: Query = "SELECT id, conference, key, name FROM room"

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), conference: try record.value("conference"), key: try record.value("key"),
            name: try record.value("name"))
    }
}

extension Session {
    /// Sessions as the newest published version of their conference has them.
    fileprivate static let published: Query = """
        SELECT item.id, item.conference, item.key, room, title, abstract, speakers, format, audiences, lets_others_watch,
            languages, starts_at, ends_at, is_recorded
        FROM session_content AS content JOIN session AS item ON item.id = content.session
        WHERE content.version = (
            SELECT max(number) FROM programme_version AS version
            WHERE version.conference = content.conference AND version.state = 'published')
        """

    /// Everything of it that people may look for.
    fileprivate var texts: [String] {
        Array(title.texts.values) + Array((abstract?.texts ?? [:]).values) + speakers.flatMap { [$0.name, $0.organisation] }
    }

    fileprivate var audienceColumn: JSONColumn<[Audience]> {
        JSONColumn(audiences.sorted { $0.rawValue < $1.rawValue })
    }

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), conference: try record.value("conference"), room: try record.value("room"),
            key: try record.value("key"), title: try record.value("title"), abstract: try record.optional("abstract"),
            speakers: try record.json("speakers"),
            format: try record.value("format"), audiences: Set(try record.json("audiences", as: [Audience].self)),
            letsOthersWatch: try record.value("lets_others_watch"), languages: try record.json("languages"),
            startsAt: try record.value("starts_at"), endsAt: try record.value("ends_at"),
            isRecorded: try record.value("is_recorded"))
    }
}

extension ProgrammeVersion {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            conference: try record.value("conference"), number: try record.value("number"),
            state: try record.value("state"), createdAt: try record.value("created_at"))
    }
}
