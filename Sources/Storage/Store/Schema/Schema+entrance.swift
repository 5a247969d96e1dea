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
}
