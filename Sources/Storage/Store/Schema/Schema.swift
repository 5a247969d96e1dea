import GRDB

/// The tables, as a list of named migrations. The list only grows: what has been released is never changed.
///
/// The SQL is what SQLite 3.40 and PostgreSQL 15 share. Instants and durations are BIGINT microseconds, truth is 0 or 1,
/// JSON is TEXT. A thing of a conference refers to others by `(id, conference)`, so that no row ties two conferences together.
enum Schema {
    struct Migration {
        let name: String
        let statements: [String]
    }

    static let migrations = [
        programme, people, keys, happenings, media, gaps, pauses, reach, retention, archive, clips, tokenUse, plans, letters,
        audiences, drafts, calls, chat, entrance, clipTitles, questions, removals, stays, announcements, polls,
    ]

    static func prepare(_ pool: DatabasePool) throws {
        let migrator = migrator
        if try pool.read(migrator.hasBeenSuperseded) {
            throw StoreError(
                .newer, "The database was written by a newer version of Hemicycle. Start that version, or restore an older copy.")
        }
        try migrator.migrate(pool)
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { database in
                for statement in migration.statements { try database.execute(sql: statement) }
            }
        }
        return migrator
    }
}
