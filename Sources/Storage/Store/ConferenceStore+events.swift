package import Events
package import Identifiers
package import Time

extension ConferenceStore: EventRepository {
    package func append(_ draft: EventDraft, at instant: UTCInstant) async throws(StoreError) -> Event {
        try await write { connection throws(StoreError) in
            let event = Event(
                sequence: try connection.nextEventSequence(in: draft.conference), conference: draft.conference,
                session: draft.session, instant: instant, kind: draft.kind, visibility: draft.visibility, data: draft.data)
            try connection.insert(event)
            return event
        }
    }

    package func events(
        in conference: ConferenceID, after sequence: Int64, limit: Int
    ) async throws(StoreError) -> [Event] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                \(part: Event.selection)
                WHERE conference = \(conference) AND sequence > \(sequence) ORDER BY sequence LIMIT \(max(0, limit))
                """, Event.init)
        }
    }

    package func latestEvents(
        in session: SessionID, of conference: ConferenceID, kinds: [EventKind], limit: Int
    ) async throws(StoreError) -> [Event] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                \(part: Event.selection)
                WHERE conference = \(conference) AND session = \(session) AND kind IN (\(list: kinds))
                ORDER BY sequence DESC LIMIT \(max(0, limit))
                """, Event.init)
        }
    }

    package func lastSequence(in conference: ConferenceID) async throws(StoreError) -> Int64 {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT event_sequence FROM conference WHERE id = \(conference)") {
                record throws(StoreError) in try record.value("event_sequence")
            } ?? 0
        }
    }
}

extension Connection {
    fileprivate func nextEventSequence(in conference: ConferenceID) throws(StoreError) -> Int64 {
        let next = try first(
            """
            UPDATE conference SET event_sequence = event_sequence + 1 WHERE id = \(conference) RETURNING event_sequence
            """
        ) { record throws(StoreError) in try record.value("event_sequence", as: Int64.self) }
        guard let next else { throw StoreError(.missing, "There is no such conference.") }
        return next
    }

    fileprivate func insert(_ event: Event) throws(StoreError) {
        let (visibility, concerned) = event.visibility.columns
        try run(
            """
            INSERT INTO event (conference, sequence, session, instant, kind, visibility, concerned, data)
            VALUES (\(event.conference), \(event.sequence), \(event.session), \(event.instant), \(event.kind),
                \(visibility), \(concerned), \(event.data))
            """)
    }
}

extension Event {
    fileprivate static let selection: Query =
        "SELECT sequence, conference, session, instant, kind, visibility, concerned, data FROM event"

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            sequence: try record.value("sequence"), conference: try record.value("conference"),
            session: try record.optional("session"), instant: try record.value("instant"), kind: try record.value("kind"),
            visibility: try EventVisibility(record), data: try record.value("data"))
    }
}

extension EventVisibility {
    /// The word, and the participant concerned where there is one.
    fileprivate var columns: (String, ParticipantID?) {
        switch self {
        case .everyone: ("everyone", nil)
        case .participants: ("participants", nil)
        case .session: ("session", nil)
        case .moderators: ("moderators", nil)
        case .moderatorsAnd(let participant): ("moderators-and", participant)
        }
    }

    fileprivate init(_ record: Record) throws(StoreError) {
        switch try record.value("visibility", as: String.self) {
        case "everyone": self = .everyone
        case "participants": self = .participants
        case "session": self = .session
        case "moderators": self = .moderators
        case "moderators-and": self = .moderatorsAnd(try record.value("concerned"))
        default: throw StoreError(.damaged, "An event is visible to people that this program does not know.")
        }
    }
}
