extension Schema {
    /// What people write in sessions. The table of events is made anew without its list of who may be told: that grows, and the
    /// program refuses what it does not know.
    static let chat = Migration(
        name: "18 chat",
        statements: [
            """
            CREATE TABLE event_anew (
                conference TEXT NOT NULL REFERENCES conference (id),
                sequence BIGINT NOT NULL CHECK (sequence >= 1),
                session TEXT,
                instant BIGINT NOT NULL,
                kind TEXT NOT NULL,
                visibility TEXT NOT NULL,
                concerned TEXT,
                data TEXT NOT NULL,
                PRIMARY KEY (conference, sequence),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (concerned, conference) REFERENCES participant (id, conference),
                CHECK ((visibility = 'moderators-and') = (concerned IS NOT NULL))
            )
            """,
            """
            INSERT INTO event_anew (conference, sequence, session, instant, kind, visibility, concerned, data)
            SELECT conference, sequence, session, instant, kind, visibility, concerned, data FROM event
            """,
            "DROP TABLE event",
            "ALTER TABLE event_anew RENAME TO event",
            "CREATE INDEX event_session ON event (session, sequence)",
            """
            CREATE TABLE open_channel (
                session TEXT NOT NULL REFERENCES session (id),
                channel TEXT NOT NULL,
                PRIMARY KEY (session, channel)
            )
            """,
            """
            CREATE TABLE chat_message (
                id TEXT NOT NULL PRIMARY KEY,
                session TEXT NOT NULL,
                conference TEXT NOT NULL,
                author TEXT NOT NULL,
                instant BIGINT NOT NULL,
                text TEXT NOT NULL CHECK (length(text) > 0),
                is_hidden SMALLINT NOT NULL CHECK (is_hidden IN (0, 1)),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (author, conference) REFERENCES participant (id, conference)
            )
            """,
            "CREATE INDEX chat_message_session ON chat_message (session, id)",
        ])
}
