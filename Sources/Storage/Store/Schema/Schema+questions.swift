extension Schema {
    /// What people ask of sessions, and who has voted for it. The number of votes stands with the question too: it is read far more
    /// often than it changes.
    static let questions = Migration(
        name: "questions",
        statements: [
            """
            CREATE TABLE question (
                id TEXT NOT NULL PRIMARY KEY,
                session TEXT NOT NULL,
                conference TEXT NOT NULL,
                author TEXT NOT NULL,
                instant BIGINT NOT NULL,
                text TEXT NOT NULL CHECK (length(text) > 0),
                standing TEXT NOT NULL,
                votes BIGINT NOT NULL CHECK (votes >= 0),
                version BIGINT NOT NULL,
                UNIQUE (id, conference),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (author, conference) REFERENCES participant (id, conference)
            )
            """,
            "CREATE INDEX question_session ON question (session, votes, id)",
            """
            CREATE TABLE question_vote (
                question TEXT NOT NULL,
                participant TEXT NOT NULL,
                conference TEXT NOT NULL,
                PRIMARY KEY (question, participant),
                FOREIGN KEY (question, conference) REFERENCES question (id, conference) ON DELETE CASCADE,
                FOREIGN KEY (participant, conference) REFERENCES participant (id, conference)
            )
            """,
        ])
}
