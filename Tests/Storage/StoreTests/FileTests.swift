import FoundationEssentials
import GRDB
import Programme
import Testing
import Time

@testable import Store

@Suite struct FileTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `only its own user may read the file and its log`() async throws {
        let fixture = try await Fixture()
        let path = fixture.folder + "/" + ConferenceStore.fileName
        for suffix in ["", "-wal", "-shm"] {
            #expect(try mode(path + suffix) == 0o600, "\(suffix)")
        }
    }

    @Test func `what was kept is there after reopening, and migrations are not repeated`() async throws {
        let fixture = try await Fixture()
        try fixture.store.close()
        let again = try ConferenceStore(folder: fixture.folder)
        #expect(try await again.session(fixture.opening.id) == fixture.opening)
        try await again.check()
        try again.close()
    }

    @Test func `a closed store answers with an error, not with a trap`() async throws {
        let fixture = try await Fixture()
        try fixture.store.close()
        #expect(await code { _ = try await fixture.store.conferences() } == .unavailable)
    }

    @Test func `a closed store has left nothing in its log`() async throws {
        let fixture = try await Fixture()
        try fixture.store.close()
        let log = try FileManager.default.attributesOfItem(atPath: fixture.folder + "/" + ConferenceStore.fileName + "-wal")
        #expect(log[.size] as? UInt64 == 0)
    }

    @Test func `an older file is brought up to date with its rows`() async throws {
        let fixture = try await Fixture()
        try fixture.store.close()
        let queue = try DatabaseQueue(path: fixture.folder + "/" + ConferenceStore.fileName)
        try await queue.write { database in
            try database.execute(sql: "DROP TABLE recording")
            try database.execute(sql: "DROP TABLE session_epoch")
            try database.execute(sql: "DROP TABLE session_word")
            try database.execute(sql: "DROP TABLE mark")
            try database.execute(sql: "ALTER TABLE session_content DROP COLUMN speakers")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier IN ('5 media', '6 gaps', '10 archive')")
        }
        try queue.close()
        let again = try ConferenceStore(folder: fixture.folder)
        #expect(try await again.unfinishedRecordings().isEmpty)
        #expect(try await again.session(fixture.opening.id) == fixture.opening)
        try again.close()
    }

    @Test func `a newer version's file is refused and left alone`() async throws {
        let fixture = try await Fixture()
        try fixture.store.close()
        let queue = try DatabaseQueue(path: fixture.folder + "/" + ConferenceStore.fileName)
        try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 future')") }
        try queue.close()
        #expect(await code { _ = try ConferenceStore(folder: fixture.folder) } == .newer)
    }

    @Test func `a file that is no database, and a folder that is not there, are told apart`() async throws {
        let fixture = try await Fixture()
        try fixture.store.close()
        let path = fixture.folder + "/" + ConferenceStore.fileName
        try Data(repeating: 7, count: 8192).write(to: URL(filePath: path))
        let opening = await code { _ = try ConferenceStore(folder: fixture.folder) }
        #expect(opening == .damaged)
        #expect(await code { _ = try ConferenceStore(folder: fixture.folder + "/nowhere") } == .unavailable)
    }

    @Test func `a row that this program did not write is told as damage`() async throws {
        let fixture = try await Fixture()
        try await fixture.store.write { connection throws(StoreError) in
            try connection.run("UPDATE conference SET title = 'no JSON'")
        }
        #expect(await code { _ = try await fixture.store.conferences() } == .damaged)
    }

    @Test func `what lasts is synced at each write, and references are held`() async throws {
        let fixture = try await Fixture()
        let settings = try await fixture.store.write { connection throws(StoreError) in
            let synchronous = try connection.first("PRAGMA synchronous") { record throws(StoreError) in
                try record.value("synchronous", as: Int.self)
            }
            let journal = try connection.first("PRAGMA journal_mode") { record throws(StoreError) in
                try record.value("journal_mode", as: String.self)
            }
            return (synchronous, journal)
        }
        #expect(settings.0 == 2)
        #expect(settings.1 == "wal")
    }

    @Test func `values are numbered in the order in which they are written`() {
        let condition: Query = "a = \(1)"
        let query: Query = "SELECT \(part: condition) AND b = \("x") AND c = \(Int?.none)"
        #expect(query.text == "SELECT a = $1 AND b = $2 AND c = $3")
        #expect(query.values == [.integer(1), .text("x"), .null])
    }

    @Test func `a value that its type does not have is refused`() {
        #expect(Bool(stored: .integer(2)) == nil)
        #expect(Int(stored: .text("1")) == nil)
        #expect(UTCInstant(stored: .null) == nil)
        #expect(SessionFormat(stored: .text("quarrel")) == nil)
    }
}
