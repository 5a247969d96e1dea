extension Schema {
    /// The time lines of sessions and the recordings. The media themselves lie in folders.
    static let media = Migration(
        name: "5 media",
        statements: [
            """
            CREATE TABLE session_epoch (
                session TEXT NOT NULL REFERENCES session (id),
                number BIGINT NOT NULL CHECK (number >= 1),
                origin BIGINT NOT NULL,
                PRIMARY KEY (session, number)
            )
            """,
            """
            CREATE TABLE recording (
                id TEXT NOT NULL PRIMARY KEY,
                conference TEXT NOT NULL,
                session TEXT NOT NULL,
                room TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('recording', 'finishing', 'ready', 'failed')),
                started_at BIGINT NOT NULL,
                ended_at BIGINT,
                duration BIGINT CHECK (duration >= 0),
                files TEXT NOT NULL,
                checksums_digest TEXT CHECK (length(checksums_digest) = 64),
                note TEXT,
                verification TEXT,
                FOREIGN KEY (session, conference) REFERENCES session (id, conference),
                FOREIGN KEY (room, conference) REFERENCES room (id, conference)
            )
            """,
            "CREATE INDEX recording_session ON recording (session)",
            "CREATE INDEX recording_conference ON recording (conference, started_at)",
        ])

    /// The sessions whose recording a moderator has paused.
    static let pauses = Migration(
        name: "7 pauses",
        statements: ["CREATE TABLE recording_pause (session TEXT NOT NULL PRIMARY KEY REFERENCES session (id))"])

    /// How far the time lines of sessions have come, and how far the wall clock was ahead of them then.
    static let reach = Migration(
        name: "8 reach",
        statements: [
            "ALTER TABLE session_epoch ADD COLUMN reach BIGINT",
            "ALTER TABLE session_epoch ADD COLUMN ahead BIGINT NOT NULL DEFAULT 0",
        ])

    /// What remains of deleted recordings, and what the recordings of a conference may take.
    static let retention = Migration(
        name: "9 retention",
        statements: [
            """
            CREATE TABLE recording_tombstone (
                id TEXT NOT NULL PRIMARY KEY,
                conference TEXT NOT NULL REFERENCES conference (id),
                session TEXT NOT NULL,
                room TEXT NOT NULL,
                started_at BIGINT NOT NULL,
                deleted_at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                reason TEXT NOT NULL,
                files TEXT NOT NULL
            )
            """,
            "CREATE INDEX recording_tombstone_conference ON recording_tombstone (conference, started_at)",
            "ALTER TABLE conference ADD COLUMN recording_budget BIGINT CHECK (recording_budget >= 0)",
        ])

    /// Where media is missing from a recording.
    static let gaps = Migration(
        name: "6 gaps", statements: ["ALTER TABLE recording ADD COLUMN gaps TEXT NOT NULL DEFAULT '[]'"])
}
