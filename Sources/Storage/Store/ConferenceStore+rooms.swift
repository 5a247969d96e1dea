package import Identifiers
package import Rooms
import Time

extension ConferenceStore: RoomRepository {
    package func pausedRecordings(in conference: ConferenceID) async throws(StoreError) -> Set<SessionID> {
        try await read { connection throws(StoreError) in
            let sessions = try connection.all(
                """
                SELECT recording_pause.session FROM recording_pause JOIN session ON session.id = recording_pause.session
                WHERE session.conference = \(conference)
                """
            ) { record throws(StoreError) in try record.value("session") as SessionID }
            return Set(sessions)
        }
    }

    package func setPaused(_ isPaused: Bool, recordingOf session: SessionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            if isPaused {
                try connection.run("INSERT INTO recording_pause (session) VALUES (\(session)) ON CONFLICT (session) DO NOTHING")
            } else {
                try connection.run("DELETE FROM recording_pause WHERE session = \(session)")
            }
        }
    }

    package func epoch(of session: SessionID) async throws(StoreError) -> SessionEpoch? {
        try await read { connection throws(StoreError) in
            try connection.first(
                """
                SELECT session, number, origin, reach, ahead FROM session_epoch
                WHERE session = \(session) ORDER BY number DESC LIMIT 1
                """, SessionEpoch.init)
        }
    }

    package func save(_ epoch: SessionEpoch) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO session_epoch (session, number, origin, reach, ahead)
                VALUES (\(epoch.session), \(epoch.number), \(epoch.origin), \(epoch.reach), \(epoch.ahead))
                ON CONFLICT (session, number) DO UPDATE
                SET origin = excluded.origin, reach = excluded.reach, ahead = excluded.ahead
                """)
        }
    }
}

extension SessionEpoch {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            session: try record.value("session"), number: try record.value("number"), origin: try record.value("origin"),
            reach: try record.optional("reach"), ahead: try record.value("ahead"))
    }
}
