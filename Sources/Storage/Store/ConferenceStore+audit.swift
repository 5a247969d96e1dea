package import Events
package import Identifiers
package import Time

extension ConferenceStore: AuditRepository {
    package func append(_ draft: AuditDraft, at instant: UTCInstant) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            let sequence = try connection.nextAuditSequence(in: draft.conference)
            let previous = try connection.link(of: sequence - 1, in: draft.conference)
            try connection.insert(AuditChain.entry(for: draft, sequence: sequence, after: previous, at: instant))
        }
    }

    package func auditEntries(
        in conference: ConferenceID, after sequence: Int64, limit: Int
    ) async throws(StoreError) -> [AuditEntry] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                SELECT entry.sequence, entry.conference, instant, kind, actor, objects, details_digest, chain, salt, details
                FROM audit_entry AS entry LEFT JOIN audit_detail AS detail
                    ON detail.conference = entry.conference AND detail.sequence = entry.sequence
                WHERE entry.conference = \(conference) AND entry.sequence > \(sequence)
                ORDER BY entry.sequence LIMIT \(max(0, limit))
                """, AuditEntry.init)
        }
    }

    package func lastAuditSequence(in conference: ConferenceID) async throws(StoreError) -> Int64 {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT audit_sequence FROM conference WHERE id = \(conference)") {
                record throws(StoreError) in try record.value("audit_sequence")
            } ?? 0
        }
    }
}

extension Connection {
    fileprivate func nextAuditSequence(in conference: ConferenceID) throws(StoreError) -> Int64 {
        let next = try first(
            """
            UPDATE conference SET audit_sequence = audit_sequence + 1 WHERE id = \(conference) RETURNING audit_sequence
            """
        ) { record throws(StoreError) in try record.value("audit_sequence", as: Int64.self) }
        guard let next else { throw StoreError(.missing, "There is no such conference.") }
        return next
    }

    /// Where the entry is gone the chain goes on from its beginning, and verification names the gap.
    fileprivate func link(of sequence: Int64, in conference: ConferenceID) throws(StoreError) -> String {
        let link = try first(
            "SELECT chain FROM audit_entry WHERE conference = \(conference) AND sequence = \(sequence)"
        ) { record throws(StoreError) in try record.value("chain", as: String.self) }
        return link ?? AuditChain.beginning
    }

    fileprivate func insert(_ entry: AuditEntry) throws(StoreError) {
        try run(
            """
            INSERT INTO audit_entry (conference, sequence, instant, kind, actor, objects, details_digest, chain)
            VALUES (\(entry.conference), \(entry.sequence), \(entry.instant), \(entry.kind), \(entry.actor),
                \(JSONColumn(entry.objects)), \(entry.detailsDigest), \(entry.chain))
            """)
        guard let details = entry.details else { return }
        try run(
            """
            INSERT INTO audit_detail (conference, sequence, salt, details)
            VALUES (\(entry.conference), \(entry.sequence), \(details.salt), \(details.text))
            """)
    }
}

extension AuditEntry {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            sequence: try record.value("sequence"), conference: try record.value("conference"),
            instant: try record.value("instant"), kind: try record.value("kind"), actor: try record.value("actor"),
            objects: try record.json("objects"), detailsDigest: try record.value("details_digest"),
            chain: try record.value("chain"), details: try AuditDetails(record))
    }
}

extension AuditDetails {
    /// Nil where they were erased.
    fileprivate init?(_ record: Record) throws(StoreError) {
        guard let salt = try record.optional("salt", as: String.self) else { return nil }
        self.init(salt: salt, text: try record.value("details"))
    }
}
