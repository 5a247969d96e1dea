package import Discussion
package import Identifiers
import Time

extension ConferenceStore: ChatRepository {
    package func add(_ message: ChatMessage) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO chat_message (id, session, conference, author, instant, text, is_hidden)
                VALUES (\(message.id), \(message.session), \(message.conference), \(message.author), \(message.at),
                    \(message.text), \(message.isHidden))
                """)
        }
    }

    package func chatMessage(_ id: ChatMessageID) async throws(StoreError) -> ChatMessage? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: ChatMessage.selection) WHERE message.id = \(id)", ChatMessage.init)
        }
    }

    package func chatMessages(
        in session: SessionID, before id: ChatMessageID?, limit: Int, withHidden: Bool
    ) async throws(StoreError) -> [ChatMessage] {
        var query: Query = "\(part: ChatMessage.selection) WHERE message.session = \(session)"
        if let id { query += " AND message.id < \(id)" }
        if !withHidden { query += " AND message.is_hidden = 0" }
        query += " ORDER BY message.id DESC LIMIT \(max(0, limit))"
        let newestFirst = query
        return try await read { connection throws(StoreError) in
            try connection.all(newestFirst, ChatMessage.init)
        }.reversed()
    }

    package func chatMessageCount(in session: SessionID) async throws(StoreError) -> Int {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT count(*) AS messages FROM chat_message WHERE session = \(session)") {
                record throws(StoreError) in try record.value("messages", as: Int.self)
            } ?? 0
        }
    }

    package func setHidden(_ isHidden: Bool, _ message: ChatMessageID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("UPDATE chat_message SET is_hidden = \(isHidden) WHERE id = \(message)")
        }
    }

    package func delete(_ message: ChatMessageID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM chat_message WHERE id = \(message)")
        }
    }

    package func deleteChatMessages(in session: SessionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM chat_message WHERE session = \(session)")
        }
    }
}

extension ChatMessage {
    fileprivate static let selection: Query =
        """
        SELECT message.id, message.session, message.conference, message.author, message.instant, message.text,
            message.is_hidden, participant.name, participant.organisation
        FROM chat_message AS message JOIN participant ON participant.id = message.author
        """

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), session: try record.value("session"), conference: try record.value("conference"),
            author: try record.value("author"), name: try record.value("name"),
            organisation: try record.value("organisation"), at: try record.value("instant"), text: try record.value("text"),
            isHidden: try record.value("is_hidden"))
    }
}
