package import Identifiers
package import Rooms
package import Time

/// How people come into the sessions, and who was let in.
extension ConferenceStore {
    package func entrances(in conference: ConferenceID) async throws(StoreError) -> [SessionID: Entrance] {
        let entrances = try await read { connection throws(StoreError) in
            try connection.all(
                """
                SELECT entrance.session, entrance.rules FROM entrance JOIN session ON session.id = entrance.session
                WHERE session.conference = \(conference)
                """
            ) { record throws(StoreError) in
                (try record.value("session", as: SessionID.self), try record.json("rules", as: Entrance.self))
            }
        }
        return Dictionary(entrances) { first, _ in first }
    }

    package func save(_ entrance: Entrance, of session: SessionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO entrance (session, rules) VALUES (\(session), \(JSONColumn(entrance)))
                ON CONFLICT (session) DO UPDATE SET rules = excluded.rules
                """)
        }
    }

    package func admitted(in conference: ConferenceID) async throws(StoreError) -> [SessionID: Set<ParticipantID>] {
        let admissions = try await read { connection throws(StoreError) in
            try connection.all("SELECT session, participant FROM attendance WHERE conference = \(conference)") {
                record throws(StoreError) in
                (try record.value("session", as: SessionID.self), try record.value("participant", as: ParticipantID.self))
            }
        }
        return Dictionary(grouping: admissions, by: \.0).mapValues { Set($0.map(\.1)) }
    }

    /// The conference is the session's; the schema refuses a participant of another one.
    package func admit(
        _ participants: Set<ParticipantID>, to session: SessionID, at instant: UTCInstant
    ) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            for participant in participants {
                try connection.run(
                    """
                    INSERT INTO attendance (session, participant, conference, admitted_at)
                    SELECT session.id, \(participant), session.conference, \(instant) FROM session WHERE session.id = \(session)
                    ON CONFLICT (session, participant) DO NOTHING
                    """)
            }
        }
    }
}
