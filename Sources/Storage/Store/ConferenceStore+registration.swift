package import Access
package import Identifiers
package import Registration
package import Time

// MARK: - People

extension ConferenceStore: RegistrationRepository {
    package func add(_ participant: Participant) async throws(StoreError) {
        try await add([participant])
    }

    package func add(_ participants: [Participant]) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            for participant in participants {
                let person = try connection.person(of: participant)
                try connection.insert(participant, of: person)
                for grant in participant.grants { try connection.insert(grant, of: participant) }
            }
        }
    }

    package func participants(in conference: ConferenceID) async throws(StoreError) -> [Participant] {
        try await read { connection throws(StoreError) in
            let grants = try connection.grants("conference = \(conference)")
            return try connection.all(
                "\(part: Participant.selection) WHERE participant.conference = \(conference) ORDER BY participant.id"
            ) { record throws(StoreError) in try Participant(record, grants: grants) }
        }
    }

    package func participant(_ id: ParticipantID) async throws(StoreError) -> Participant? {
        try await read { connection throws(StoreError) in
            let grants = try connection.grants("participant = \(id)")
            return try connection.first("\(part: Participant.selection) WHERE participant.id = \(id)") {
                record throws(StoreError) in try Participant(record, grants: grants)
            }
        }
    }

    package func revokeParticipant(_ id: ParticipantID, at instant: UTCInstant) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.change(
                "UPDATE participant SET revoked_at = coalesce(revoked_at, \(instant)) WHERE id = \(id)", "participant")
        }
    }

    package func person(_ id: PersonID) async throws(StoreError) -> Person? {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT id, mail, name FROM person WHERE id = \(id)", Person.init)
        }
    }

    package func person(mail: MailAddress) async throws(StoreError) -> Person? {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT id, mail, name FROM person WHERE mail = \(mail)", Person.init)
        }
    }

    package func participations(of person: PersonID) async throws(StoreError) -> [Participation] {
        try await read { connection throws(StoreError) in
            let grants = try connection.grants(
                "participant IN (SELECT id FROM participant WHERE person = \(person) AND revoked_at IS NULL)")
            return try connection.all(
                "\(part: Participant.selection) WHERE person = \(person) AND revoked_at IS NULL ORDER BY participant.id"
            ) { record throws(StoreError) in
                try Participant(record, grants: grants).participation
            }
        }
    }
}

extension Connection {
    /// The person whose mail address it is, made where the address is new.
    fileprivate func person(of participant: Participant) throws(StoreError) -> PersonID {
        try run(
            """
            INSERT INTO person (id, mail, name) VALUES (\(participant.person), \(participant.mail), \(participant.name))
            ON CONFLICT (mail) DO NOTHING
            """)
        let person = try first("SELECT id FROM person WHERE mail = \(participant.mail)") { record throws(StoreError) in
            try record.value("id", as: PersonID.self)
        }
        return person ?? participant.person
    }

    fileprivate func insert(_ participant: Participant, of person: PersonID) throws(StoreError) {
        try run(
            """
            INSERT INTO participant (id, person, conference, name, organisation, capacity, audiences, revoked_at)
            VALUES (\(participant.id), \(person), \(participant.conference), \(participant.name),
                \(participant.organisation), \(participant.capacity),
                \(JSONColumn(participant.audiences.sorted { $0.rawValue < $1.rawValue })), \(participant.revokedAt))
            """)
    }

    fileprivate func insert(_ grant: GrantInPlace, of participant: Participant) throws(StoreError) {
        try run(
            """
            INSERT INTO participant_grant (participant, conference, kind, room)
            VALUES (\(participant.id), \(participant.conference), \(grant.grant), \(grant.room))
            ON CONFLICT DO NOTHING
            """)
    }

    fileprivate func grants(_ condition: Query) throws(StoreError) -> [ParticipantID: [GrantInPlace]] {
        let rows = try all(
            "SELECT participant, kind, room FROM participant_grant WHERE \(part: condition) ORDER BY kind, room"
        ) { record throws(StoreError) in
            let grant = GrantInPlace(try record.value("kind"), in: try record.optional("room"))
            return (try record.value("participant", as: ParticipantID.self), grant)
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }
}

extension Participant {
    fileprivate static let selection: Query = """
        SELECT participant.id, person, conference, participant.name, mail, organisation, capacity, audiences, revoked_at
        FROM participant JOIN person ON person.id = participant.person
        """

    fileprivate init(_ record: Record, grants: [ParticipantID: [GrantInPlace]]) throws(StoreError) {
        let id: ParticipantID = try record.value("id")
        self.init(
            id: id, person: try record.value("person"), conference: try record.value("conference"),
            name: try record.value("name"), mail: try record.value("mail"), organisation: try record.value("organisation"),
            capacity: try record.value("capacity"), audiences: Set(try record.json("audiences", as: [Audience].self)),
            grants: grants[id] ?? [], revokedAt: try record.optional("revoked_at"))
    }
}

extension Person {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(id: try record.value("id"), mail: try record.value("mail"), name: try record.value("name"))
    }
}
