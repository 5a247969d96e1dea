extension Schema {
    /// Parts of recordings that are files of their own; they go with their recording.
    static let clips = Migration(
        name: "11 clips",
        statements: [
            """
            CREATE TABLE clip (
                id TEXT NOT NULL PRIMARY KEY,
                recording TEXT NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
                conference TEXT NOT NULL,
                movie TEXT NOT NULL,
                begins BIGINT NOT NULL,
                ends BIGINT NOT NULL CHECK (ends > begins),
                exactness TEXT NOT NULL,
                state TEXT NOT NULL,
                note TEXT,
                file TEXT
            )
            """,
            "CREATE INDEX clip_recording ON clip (recording)",
            "CREATE INDEX clip_state ON clip (state)",
        ])

    static let clipTitles = Migration(name: "20 clip titles", statements: ["ALTER TABLE clip ADD COLUMN title TEXT"])
}
