extension Schema {
    /// Calls that carried a key, and how they were answered: sealed, since an answer may hold a secret.
    static let calls = Migration(
        name: "17 calls",
        statements: [
            """
            CREATE TABLE kept_call (
                name TEXT NOT NULL PRIMARY KEY,
                content TEXT NOT NULL,
                called_at BIGINT NOT NULL,
                answer TEXT
            )
            """,
            "CREATE INDEX kept_call_called_at ON kept_call (called_at)",
        ])
}
