import Access
package import Identifiers
package import Registration
package import Time

// MARK: - Tokens for scripts

extension ConferenceStore {
    package func add(_ token: APIToken, digest: String) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO api_token (id, digest, conference, name, scopes, maker, created_at, expires_at, revoked_at)
                VALUES (\(token.id), \(digest), \(token.conference), \(token.name), \(token.scopeColumn),
                    \(token.createdBy), \(token.createdAt), \(token.expiresAt), \(token.revokedAt))
                """)
        }
    }

    package func tokens(in conference: ConferenceID) async throws(StoreError) -> [APIToken] {
        try await read { connection throws(StoreError) in
            try connection.all(
                "\(part: APIToken.selection) WHERE api_token.conference = \(conference) ORDER BY api_token.id", APIToken.init)
        }
    }

    package func token(digest: String) async throws(StoreError) -> APIToken? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: APIToken.selection) WHERE digest = \(digest)", APIToken.init)
        }
    }

    package func noteUse(of id: TokenID, at instant: UTCInstant) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.change("UPDATE api_token SET used_at = \(instant) WHERE id = \(id)", "token")
        }
    }

    package func revokeToken(_ id: TokenID, at instant: UTCInstant) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.change(
                "UPDATE api_token SET revoked_at = coalesce(revoked_at, \(instant)) WHERE id = \(id)", "token")
        }
    }
}

extension APIToken {
    /// A token ends with the participation of whoever made it.
    fileprivate static let selection: Query = """
        SELECT api_token.id, api_token.conference, api_token.name, scopes, maker, created_at, expires_at, used_at,
            coalesce(api_token.revoked_at, participant.revoked_at) AS revoked_at
        FROM api_token LEFT JOIN participant ON participant.id = api_token.maker
        """

    fileprivate var scopeColumn: JSONColumn<[Scope]> {
        JSONColumn(scopes.sorted { $0.rawValue < $1.rawValue })
    }

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), conference: try record.value("conference"), name: try record.value("name"),
            scopes: Set(try record.json("scopes", as: [Scope].self)), createdBy: try record.optional("maker"),
            createdAt: try record.value("created_at"), expiresAt: try record.optional("expires_at"),
            revokedAt: try record.optional("revoked_at"), lastUsedAt: try record.optional("used_at"))
    }
}

// MARK: - Stream keys

extension ConferenceStore {
    package func add(_ key: StreamKey, digest: String) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO stream_key (id, digest, room, name, created_at, revoked_at)
                VALUES (\(key.id), \(digest), \(key.room), \(key.name), \(key.createdAt), \(key.revokedAt))
                """)
        }
    }

    package func streamKeys(in room: RoomID) async throws(StoreError) -> [StreamKey] {
        try await read { connection throws(StoreError) in
            try connection.all("\(part: StreamKey.selection) WHERE room = \(room) ORDER BY id", StreamKey.init)
        }
    }

    package func streamKey(digest: String) async throws(StoreError) -> StreamKey? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: StreamKey.selection) WHERE digest = \(digest)", StreamKey.init)
        }
    }

    package func revokeStreamKey(_ id: StreamKeyID, at instant: UTCInstant) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.change(
                "UPDATE stream_key SET revoked_at = coalesce(revoked_at, \(instant)) WHERE id = \(id)", "stream key")
        }
    }
}

extension StreamKey {
    fileprivate static let selection: Query = "SELECT id, room, name, created_at, revoked_at FROM stream_key"

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), room: try record.value("room"), name: try record.value("name"),
            createdAt: try record.value("created_at"), revokedAt: try record.optional("revoked_at"))
    }
}
