extension Schema {
    /// The ledger of removals: its lines stay, and whoever is readmitted is so by a note on theirs. At most one stands for a
    /// participant and a session, and one for the whole conference.
    static let removals = Migration(
        name: "removals",
        statements: [
            """
            CREATE TABLE removal_ledger (
                conference TEXT NOT NULL REFERENCES conference (id),
                number BIGINT NOT NULL CHECK (number >= 1),
                session TEXT NOT NULL,
                participant TEXT NOT NULL,
                extent TEXT NOT NULL,
                reason TEXT NOT NULL,
                actor TEXT NOT NULL,
                instant BIGINT NOT NULL,
                readmitted_by TEXT,
                readmitted_at BIGINT,
                PRIMARY KEY (conference, number),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (participant, conference) REFERENCES participant (id, conference),
                CHECK ((readmitted_by IS NULL) = (readmitted_at IS NULL))
            )
            """,
            """
            INSERT INTO removal_ledger (conference, number, session, participant, extent, reason, actor, instant)
            SELECT conference, row_number() OVER (PARTITION BY conference ORDER BY instant, session, participant),
                session, participant, 'session', reason, actor, instant
            FROM removal
            """,
            "DROP TABLE removal",
            """
            CREATE UNIQUE INDEX removal_standing_in_session ON removal_ledger (session, participant)
            WHERE extent = 'session' AND readmitted_at IS NULL
            """,
            """
            CREATE UNIQUE INDEX removal_standing_in_conference ON removal_ledger (conference, participant)
            WHERE extent = 'conference' AND readmitted_at IS NULL
            """,
        ])
}
