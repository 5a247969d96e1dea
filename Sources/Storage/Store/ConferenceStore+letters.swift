package import Identifiers
package import Letters
package import Time

extension ConferenceStore: LetterRepository {
    package func add(_ letter: Letter) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM letter WHERE kind = \(letter.kind) AND mail = \(letter.mail)")
            try connection.run(
                """
                INSERT INTO letter (id, kind, mail, language, matter, written_at, state, due_at, attempts, note)
                VALUES (\(letter.id), \(letter.kind), \(letter.mail), \(letter.language), \(JSONColumn(letter.matter)),
                    \(letter.writtenAt), \(letter.state), \(letter.dueAt), \(letter.attempts), \(letter.note))
                """)
        }
    }

    package func letter(due instant: UTCInstant) async throws(StoreError) -> Letter? {
        try await read { connection throws(StoreError) in
            try connection.first(
                """
                SELECT id, kind, mail, language, matter, written_at, state, due_at, attempts, note FROM letter
                WHERE state = 'waiting' AND due_at <= \(instant) ORDER BY due_at, id LIMIT 1
                """, Letter.init)
        }
    }

    package func update(_ letter: Letter) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                UPDATE letter SET state = \(letter.state), due_at = \(letter.dueAt), attempts = \(letter.attempts),
                    note = \(letter.note)
                WHERE id = \(letter.id)
                """)
        }
    }

    package func removeLetter(_ id: LetterID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM letter WHERE id = \(id)")
        }
    }
}

extension Letter {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), kind: try record.value("kind"), mail: try record.value("mail"),
            language: try record.value("language"), matter: try record.json("matter"),
            writtenAt: try record.value("written_at"))
        state = try record.value("state")
        dueAt = try record.value("due_at")
        attempts = try record.value("attempts")
        note = try record.optional("note")
    }
}
