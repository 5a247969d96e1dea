package import Repetition
package import Time

extension ConferenceStore: CallRepository {
    package func begin(_ call: KeptCall, forgettingBefore limit: UTCInstant) async throws(StoreError) -> KeptCall? {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM kept_call WHERE called_at < \(limit)")
            let first = try connection.first(
                "SELECT name, content, called_at, answer FROM kept_call WHERE name = \(call.name)", KeptCall.init)
            if let first { return first }
            try connection.run(
                """
                INSERT INTO kept_call (name, content, called_at, answer)
                VALUES (\(call.name), \(call.content), \(call.calledAt), \(call.answer))
                """)
            return nil
        }
    }

    package func keep(answer: String, of name: String) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.change("UPDATE kept_call SET answer = \(answer) WHERE name = \(name)", "call")
        }
    }

    package func forgetCall(_ name: String) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM kept_call WHERE name = \(name)")
        }
    }
}

extension KeptCall {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            name: try record.value("name"), content: try record.value("content"), calledAt: try record.value("called_at"),
            answer: try record.optional("answer"))
    }
}
