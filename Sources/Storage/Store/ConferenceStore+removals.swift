import Access
import Events
package import Identifiers
package import Rooms
import Time

/// The ledger of removals.
extension ConferenceStore {
    package func standingRemovals(in conference: ConferenceID) async throws(StoreError) -> [Removal] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                \(part: Removal.selection) WHERE line.conference = \(conference) AND line.readmitted_at IS NULL ORDER BY line.number
                """, Removal.init)
        }
    }

    package func removals(_ search: RemovalSearch) async throws(StoreError) -> [Removal] {
        var query: Query = "\(part: Removal.selection) WHERE line.conference = \(search.conference)"
        if search.areStanding { query += " AND line.readmitted_at IS NULL" }
        if let after = search.after { query += " AND line.number < \(after)" }
        query += " ORDER BY line.number DESC LIMIT \(max(0, search.limit))"
        let latestFirst = query
        return try await read { connection throws(StoreError) in try connection.all(latestFirst, Removal.init) }
    }

    package func removal(_ number: Int, in conference: ConferenceID) async throws(StoreError) -> Removal? {
        try await read { connection throws(StoreError) in try connection.removal(number, in: conference) }
    }

    package func add(_ draft: RemovalDraft) async throws(StoreError) -> Removal {
        try await write { connection throws(StoreError) in
            guard let conference = try connection.conference(of: draft.session)
            else { throw StoreError(.missing, "There is no such session.") }
            let standing = try connection.first(draft.standing(in: conference), Removal.init)
            if let standing { return standing }
            let number = try connection.nextRemoval(in: conference)
            try connection.run(
                """
                INSERT INTO removal_ledger (conference, number, session, participant, extent, reason, actor, instant)
                VALUES (\(conference), \(number), \(draft.session), \(draft.participant), \(draft.extent), \(draft.reason),
                    \(draft.actor), \(draft.instant))
                """)
            guard let removal = try connection.removal(number, in: conference)
            else { throw StoreError(.damaged, "A removal that was written is not there.") }
            return removal
        }
    }

    package func note(_ readmission: Readmission, of removal: Removal) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                UPDATE removal_ledger SET readmitted_by = \(readmission.actor), readmitted_at = \(readmission.instant)
                WHERE conference = \(removal.conference) AND number = \(removal.number) AND readmitted_at IS NULL
                """)
        }
    }
}

extension Connection {
    fileprivate func conference(of session: SessionID) throws(StoreError) -> ConferenceID? {
        try first("SELECT conference FROM session WHERE id = \(session)") { record throws(StoreError) in
            try record.value("conference", as: ConferenceID.self)
        }
    }

    fileprivate func nextRemoval(in conference: ConferenceID) throws(StoreError) -> Int {
        let last = try first(
            "SELECT coalesce(max(number), 0) AS number FROM removal_ledger WHERE conference = \(conference)"
        ) { record throws(StoreError) in try record.value("number", as: Int.self) }
        return (last ?? 0) + 1
    }

    fileprivate func removal(_ number: Int, in conference: ConferenceID) throws(StoreError) -> Removal? {
        try first(
            "\(part: Removal.selection) WHERE line.conference = \(conference) AND line.number = \(number)", Removal.init)
    }
}

extension RemovalDraft {
    /// What keeps them out of as much already.
    fileprivate func standing(in conference: ConferenceID) -> Query {
        var query: Query = """
            \(part: Removal.selection) WHERE line.conference = \(conference) AND line.participant = \(participant)
                AND line.extent = \(extent) AND line.readmitted_at IS NULL
            """
        if extent == .session { query += " AND line.session = \(session)" }
        return query
    }
}

extension Removal {
    /// Who has acted is a participant, a token, or somebody with a shell on the server, who has no name.
    fileprivate static let selection: Query = """
        SELECT line.conference, line.number, line.session, line.participant, who.name, who.organisation, who.capacity, line.extent,
            line.reason, line.actor, coalesce(remover.name, remover_token.name) AS actor_name, line.instant,
            line.readmitted_by, coalesce(readmitter.name, readmitter_token.name) AS readmitter_name, line.readmitted_at
        FROM removal_ledger AS line JOIN participant AS who ON who.id = line.participant
            LEFT JOIN participant AS remover ON remover.id = line.actor
            LEFT JOIN api_token AS remover_token ON remover_token.id = line.actor
            LEFT JOIN participant AS readmitter ON readmitter.id = line.readmitted_by
            LEFT JOIN api_token AS readmitter_token ON readmitter_token.id = line.readmitted_by
        """

    fileprivate init(_ record: Record) throws(StoreError) {
        var readmission: Readmission?
        if let actor: AuditActor = try record.optional("readmitted_by") {
            readmission = Readmission(
                actor: actor, actorName: try record.optional("readmitter_name"), instant: try record.value("readmitted_at"))
        }
        self.init(
            number: try record.value("number"), conference: try record.value("conference"),
            session: try record.value("session"), participant: try record.value("participant"), name: try record.value("name"),
            organisation: try record.value("organisation"), capacity: try record.value("capacity"),
            extent: try record.value("extent"), reason: try record.value("reason"), actor: try record.value("actor"),
            actorName: try record.optional("actor_name"), instant: try record.value("instant"), readmission: readmission)
    }
}
