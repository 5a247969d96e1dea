extension Schema {
    /// What moderators ask of sessions, with its choices. Who has voted stands apart from what was chosen: of an anonymous poll the
    /// only trace of a choice is the number beside it, so that neither a row nor the order of rows ties it to anybody.
    static let polls = Migration(
        name: "polls",
        statements: [
            """
            CREATE TABLE poll (
                id TEXT NOT NULL PRIMARY KEY,
                session TEXT NOT NULL,
                conference TEXT NOT NULL,
                instant BIGINT NOT NULL,
                text TEXT NOT NULL CHECK (length(text) > 0),
                takes_several SMALLINT NOT NULL CHECK (takes_several IN (0, 1)),
                is_anonymous SMALLINT NOT NULL CHECK (is_anonymous IN (0, 1)),
                state TEXT NOT NULL,
                ballots BIGINT NOT NULL CHECK (ballots >= 0),
                UNIQUE (id, conference),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference)
            )
            """,
            "CREATE INDEX poll_session ON poll (session, id)",
            """
            CREATE TABLE poll_choice (
                poll TEXT NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
                place BIGINT NOT NULL CHECK (place >= 0),
                text TEXT NOT NULL CHECK (length(text) > 0),
                votes BIGINT NOT NULL CHECK (votes >= 0),
                PRIMARY KEY (poll, place)
            )
            """,
            """
            CREATE TABLE poll_voter (
                poll TEXT NOT NULL,
                participant TEXT NOT NULL,
                conference TEXT NOT NULL,
                PRIMARY KEY (poll, participant),
                FOREIGN KEY (poll, conference) REFERENCES poll (id, conference) ON DELETE CASCADE,
                FOREIGN KEY (participant, conference) REFERENCES participant (id, conference)
            )
            """,
            """
            CREATE TABLE poll_ballot (
                poll TEXT NOT NULL,
                participant TEXT NOT NULL,
                place BIGINT NOT NULL,
                PRIMARY KEY (poll, participant, place),
                FOREIGN KEY (poll, participant) REFERENCES poll_voter (poll, participant) ON DELETE CASCADE,
                FOREIGN KEY (poll, place) REFERENCES poll_choice (poll, place) ON DELETE CASCADE
            )
            """,
        ])
}
