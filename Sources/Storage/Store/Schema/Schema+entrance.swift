extension Schema {
    /// How people come into the sessions, as JSON, and who was let into each.
    static let entrance = Migration(
        name: "19 entrance",
        statements: [
            "CREATE TABLE entrance (session TEXT NOT NULL PRIMARY KEY REFERENCES session (id), rules TEXT NOT NULL)",
            """
            CREATE TABLE attendance (
                session TEXT NOT NULL,
                participant TEXT NOT NULL,
                conference TEXT NOT NULL,
                admitted_at BIGINT NOT NULL,
                PRIMARY KEY (session, participant),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (participant, conference) REFERENCES participant (id, conference)
            )
            """,
            "CREATE INDEX attendance_conference ON attendance (conference)",
        ])

    /// How long whoever was let in has been there: microseconds together, without the times between. Empty for who has not come.
    static let stays = Migration(
        name: "stays",
        statements: [
            "ALTER TABLE attendance ADD COLUMN first_in BIGINT", "ALTER TABLE attendance ADD COLUMN last_out BIGINT",
            "ALTER TABLE attendance ADD COLUMN present BIGINT NOT NULL DEFAULT 0",
        ])
}
