extension Schema {
    /// Letters that are to go out. What waits for an address that nobody has is there too, until it is tried.
    static let letters = Migration(
        name: "14 letters",
        statements: [
            """
            CREATE TABLE letter (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                mail TEXT NOT NULL,
                language TEXT NOT NULL,
                matter TEXT NOT NULL,
                written_at BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'failed')),
                due_at BIGINT NOT NULL,
                attempts BIGINT NOT NULL CHECK (attempts >= 0),
                note TEXT,
                UNIQUE (kind, mail)
            )
            """,
            "CREATE INDEX letter_due ON letter (state, due_at)",
        ])
}
