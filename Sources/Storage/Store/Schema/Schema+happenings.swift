extension Schema {
    /// Events and the audit log: append-only, one sequence each per conference, counted in the conference's own row, so that
    /// no number is given twice even where old rows are gone. What may be erased of an audit entry stands apart.
    static let happenings = Migration(
        name: "4 happenings",
        statements: [
            """
            CREATE TABLE event (
                conference TEXT NOT NULL REFERENCES conference (id),
                sequence BIGINT NOT NULL CHECK (sequence >= 1),
                session TEXT,
                instant BIGINT NOT NULL,
                kind TEXT NOT NULL,
                visibility TEXT NOT NULL CHECK (visibility IN ('everyone', 'participants', 'moderators', 'moderators-and')),
                concerned TEXT,
                data TEXT NOT NULL,
                PRIMARY KEY (conference, sequence),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (concerned, conference) REFERENCES participant (id, conference),
                CHECK ((visibility = 'moderators-and') = (concerned IS NOT NULL))
            )
            """,
            """
            CREATE TABLE audit_entry (
                conference TEXT NOT NULL REFERENCES conference (id),
                sequence BIGINT NOT NULL CHECK (sequence >= 1),
                instant BIGINT NOT NULL,
                kind TEXT NOT NULL,
                actor TEXT NOT NULL,
                objects TEXT NOT NULL,
                details_digest TEXT NOT NULL CHECK (length(details_digest) = 64),
                chain TEXT NOT NULL CHECK (length(chain) = 64),
                PRIMARY KEY (conference, sequence)
            )
            """,
            """
            CREATE TABLE audit_detail (
                conference TEXT NOT NULL,
                sequence BIGINT NOT NULL,
                salt TEXT NOT NULL,
                details TEXT NOT NULL,
                PRIMARY KEY (conference, sequence),
                FOREIGN KEY (conference, sequence) REFERENCES audit_entry (conference, sequence)
            )
            """,
            """
            CREATE TABLE removal (
                session TEXT NOT NULL,
                participant TEXT NOT NULL,
                conference TEXT NOT NULL,
                reason TEXT NOT NULL,
                actor TEXT NOT NULL,
                instant BIGINT NOT NULL,
                PRIMARY KEY (session, participant),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (participant, conference) REFERENCES participant (id, conference)
            )
            """,
            "CREATE INDEX removal_conference ON removal (conference)",
        ])
}
