package import Identifiers
package import Rooms
import Time

/// Who was in the sessions, from when to when.
extension ConferenceStore {
    package func keep(_ stays: [Stay], in session: SessionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            for stay in stays { try connection.keep(stay, in: session) }
        }
    }

    package func attendance(of session: SessionID) async throws(StoreError) -> [AttendanceLine] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                SELECT attendance.participant, participant.name, participant.organisation, participant.capacity,
                    attendance.first_in, attendance.last_out, attendance.present
                FROM attendance JOIN participant ON participant.id = attendance.participant
                WHERE attendance.session = \(session)
                """, AttendanceLine.init)
        }
    }

    package func organisations(in conference: ConferenceID) async throws(StoreError) -> [String: Int] {
        let counts = try await read { connection throws(StoreError) in
            try connection.all(
                """
                SELECT organisation, count(*) AS registered FROM participant
                WHERE conference = \(conference) AND revoked_at IS NULL GROUP BY organisation
                """
            ) { record throws(StoreError) in
                (try record.value("organisation", as: String.self), try record.value("registered", as: Int.self))
            }
        }
        return Dictionary(counts) { first, _ in first }
    }
}

extension Connection {
    /// As `AttendanceLine.take`: stays of one participant come in order, and a time before the last that is known counts no more.
    fileprivate func keep(_ stay: Stay, in session: SessionID) throws(StoreError) {
        try run(
            """
            INSERT INTO attendance (session, participant, conference, admitted_at, first_in, last_out, present)
            SELECT session.id, \(stay.participant), session.conference, \(stay.from), \(stay.from), \(stay.until),
                \(stay.until.since(stay.from))
            FROM session WHERE session.id = \(session)
            ON CONFLICT (session, participant) DO UPDATE SET
                present = attendance.present + CASE
                    WHEN attendance.last_out IS NULL OR attendance.last_out <= excluded.first_in THEN excluded.present
                    WHEN attendance.last_out < excluded.last_out THEN excluded.last_out - attendance.last_out
                    ELSE 0 END,
                first_in = coalesce(attendance.first_in, excluded.first_in),
                last_out = CASE WHEN attendance.last_out > excluded.last_out THEN attendance.last_out ELSE excluded.last_out END
            """)
    }
}

extension AttendanceLine {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            participant: try record.value("participant"), name: try record.value("name"),
            organisation: try record.value("organisation"), capacity: try record.value("capacity"),
            firstIn: try record.optional("first_in"), lastOut: try record.optional("last_out"),
            present: try record.value("present"))
    }
}
