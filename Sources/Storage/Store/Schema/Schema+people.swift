extension Schema {
    /// Persons and their part in conferences; how they sign in. A person has one link at a time: a newer one takes its place.
    static let people = Migration(
        name: "2 people",
        statements: [
            """
            CREATE TABLE person (
                id TEXT NOT NULL PRIMARY KEY,
                mail TEXT NOT NULL UNIQUE CHECK (length(mail) BETWEEN 3 AND 254),
                name TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE participant (
                id TEXT NOT NULL PRIMARY KEY,
                person TEXT NOT NULL REFERENCES person (id),
                conference TEXT NOT NULL REFERENCES conference (id),
                name TEXT NOT NULL,
                organisation TEXT NOT NULL,
                capacity TEXT NOT NULL,
                revoked_at BIGINT,
                UNIQUE (person, conference),
                UNIQUE (id, conference)
            )
            """,
            """
            CREATE TABLE participant_grant (
                participant TEXT NOT NULL,
                conference TEXT NOT NULL,
                kind TEXT NOT NULL,
                room TEXT,
                FOREIGN KEY (participant, conference) REFERENCES participant (id, conference),
                FOREIGN KEY (room, conference) REFERENCES room (id, conference)
            )
            """,
            "CREATE UNIQUE INDEX participant_grant_whole ON participant_grant (participant, kind) WHERE room IS NULL",
            "CREATE UNIQUE INDEX participant_grant_room ON participant_grant (participant, kind, room) WHERE room IS NOT NULL",
            "CREATE INDEX participant_grant_conference ON participant_grant (conference)",
            """
            CREATE TABLE sign_in_link (
                person TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
                digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
                expires_at BIGINT NOT NULL,
                used_at BIGINT
            )
            """,
            """
            CREATE TABLE sign_in (
                id TEXT NOT NULL PRIMARY KEY,
                digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
                person TEXT NOT NULL REFERENCES person (id),
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL CHECK (expires_at > created_at)
            )
            """,
            "CREATE INDEX sign_in_person ON sign_in (person)",
        ])
}
