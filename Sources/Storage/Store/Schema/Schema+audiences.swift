extension Schema {
    /// To which audiences participants belong, and which sessions others may watch.
    static let audiences = Migration(
        name: "15 audiences",
        statements: [
            "ALTER TABLE participant ADD COLUMN audiences TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE session_content ADD COLUMN lets_others_watch SMALLINT NOT NULL DEFAULT 1",
        ])
}
