extension Schema {
    /// Conferences, their rooms, and their programme in numbered versions. A session keeps its id; its content belongs to a
    /// version.
    static let programme = Migration(
        name: "1 programme",
        statements: [
            """
            CREATE TABLE conference (
                id TEXT NOT NULL PRIMARY KEY,
                slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 64 AND slug = lower(slug)),
                title TEXT NOT NULL,
                time_zone TEXT NOT NULL CHECK (length(time_zone) > 0),
                starts_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL CHECK (ends_at > starts_at),
                event_sequence BIGINT NOT NULL DEFAULT 0 CHECK (event_sequence >= 0),
                audit_sequence BIGINT NOT NULL DEFAULT 0 CHECK (audit_sequence >= 0)
            )
            """,
            """
            CREATE TABLE room (
                id TEXT NOT NULL PRIMARY KEY,
                conference TEXT NOT NULL REFERENCES conference (id),
                name TEXT NOT NULL,
                position BIGINT NOT NULL CHECK (position >= 0),
                UNIQUE (id, conference),
                UNIQUE (conference, position)
            )
            """,
            """
            CREATE TABLE programme_version (
                conference TEXT NOT NULL REFERENCES conference (id),
                number BIGINT NOT NULL CHECK (number >= 1),
                state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
                created_at BIGINT NOT NULL,
                PRIMARY KEY (conference, number)
            )
            """,
            """
            CREATE TABLE session (
                id TEXT NOT NULL PRIMARY KEY,
                conference TEXT NOT NULL REFERENCES conference (id),
                UNIQUE (id, conference)
            )
            """,
            """
            CREATE TABLE session_content (
                conference TEXT NOT NULL,
                version BIGINT NOT NULL,
                session TEXT NOT NULL,
                room TEXT NOT NULL,
                title TEXT NOT NULL,
                abstract TEXT,
                format TEXT NOT NULL CHECK (format IN ('debate', 'good-practice', 'drafting')),
                audiences TEXT NOT NULL,
                starts_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL CHECK (ends_at > starts_at),
                is_recorded SMALLINT NOT NULL CHECK (is_recorded IN (0, 1)),
                PRIMARY KEY (conference, version, session),
                FOREIGN KEY (conference, version) REFERENCES programme_version (conference, number),
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (room, conference) REFERENCES room (id, conference)
            )
            """,
            """
            CREATE TABLE session_override (
                session TEXT NOT NULL PRIMARY KEY REFERENCES session (id),
                state TEXT NOT NULL CHECK (state IN ('open', 'closed'))
            )
            """,
        ])
}
