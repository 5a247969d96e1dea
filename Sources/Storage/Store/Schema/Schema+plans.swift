extension Schema {
    /// What a plan calls rooms and sessions, by which an import finds them again; what was there before goes by its id.
    static let plans = Migration(
        name: "13 plans",
        statements: [
            "ALTER TABLE room ADD COLUMN key TEXT NOT NULL DEFAULT ''",
            "UPDATE room SET key = id",
            "CREATE UNIQUE INDEX room_key ON room (conference, key)",
            "ALTER TABLE session ADD COLUMN key TEXT NOT NULL DEFAULT ''",
            "UPDATE session SET key = id",
            "CREATE UNIQUE INDEX session_key ON session (conference, key)",
            "ALTER TABLE session_content ADD COLUMN languages TEXT NOT NULL DEFAULT '[]'",
        ])
}
