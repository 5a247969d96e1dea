extension Schema {
    /// What the archive finds recordings by, and what describes them.
    static let archive = Migration(
        name: "10 archive",
        statements: [
            "ALTER TABLE session_content ADD COLUMN speakers TEXT NOT NULL DEFAULT '[]'",
            // The words of each session as its newest published version has it.
            """
            CREATE TABLE session_word (
                conference TEXT NOT NULL,
                word TEXT NOT NULL,
                session TEXT NOT NULL,
                PRIMARY KEY (conference, word, session),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference)
            )
            """,
            "CREATE INDEX session_word_session ON session_word (session)",
            """
            CREATE TABLE mark (
                id TEXT NOT NULL PRIMARY KEY,
                session TEXT NOT NULL,
                conference TEXT NOT NULL,
                instant BIGINT NOT NULL,
                title TEXT NOT NULL CHECK (length(title) > 0),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference)
            )
            """,
            "CREATE INDEX mark_session ON mark (session, instant)",
            "ALTER TABLE recording ADD COLUMN chapters TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE recording ADD COLUMN verified_at BIGINT",
            "ALTER TABLE recording ADD COLUMN verification_asked_at BIGINT",
        ])
}
