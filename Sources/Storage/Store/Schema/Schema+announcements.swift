extension Schema {
    /// What moderators tell a session or, where that is NULL, all rooms.
    static let announcements = Migration(
        name: "announcements",
        statements: [
            """
            CREATE TABLE announcement (
                id TEXT NOT NULL PRIMARY KEY,
                conference TEXT NOT NULL REFERENCES conference (id),
                session TEXT,
                actor TEXT NOT NULL,
                instant BIGINT NOT NULL,
                text TEXT NOT NULL CHECK (length(text) > 0),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference)
            )
            """,
            "CREATE INDEX announcement_session ON announcement (session, id)",
            "CREATE INDEX announcement_conference ON announcement (conference, instant)",
        ])
}
