extension Schema {
    /// What scripts and production desks show. Only digests are kept.
    static let keys = Migration(
        name: "3 keys",
        statements: [
            """
            CREATE TABLE api_token (
                id TEXT NOT NULL PRIMARY KEY,
                digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
                conference TEXT NOT NULL REFERENCES conference (id),
                name TEXT NOT NULL,
                scopes TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT,
                revoked_at BIGINT
            )
            """,
            """
            CREATE TABLE stream_key (
                id TEXT NOT NULL PRIMARY KEY,
                digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
                room TEXT NOT NULL REFERENCES room (id),
                name TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                revoked_at BIGINT
            )
            """,
            "CREATE INDEX stream_key_room ON stream_key (room)",
        ])

    /// Who made a token, and when it was last shown.
    static let tokenUse = Migration(
        name: "12 token use",
        statements: [
            "ALTER TABLE api_token ADD COLUMN maker TEXT REFERENCES participant (id)",
            "ALTER TABLE api_token ADD COLUMN used_at BIGINT",
        ])
}
