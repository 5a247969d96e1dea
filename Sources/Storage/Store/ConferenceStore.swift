import FoundationEssentials
import GRDB
package import Time

/// Everything that the program keeps of its conferences, in one SQLite file of the data folder.
///
/// A write has returned when it is on the disk (WAL, `synchronous = FULL`). Reads see the last finished write and run beside
/// it. All work is done on the database's own threads; callers only wait.
package final class ConferenceStore: Sendable {
    /// Its name in the data folder; `-wal` and `-shm` stand beside it while it is open.
    package static let fileName = "hemicycle.sqlite"
    /// How long a statement waits for another program that has the file locked.
    static let patience: Duration = .seconds(5)
    /// Connections that read at one time.
    static let readers = 4

    private let pool: DatabasePool
    let clock: any WallClock

    /// Opens the database, makes it where there is none, and brings it to this program's schema. It blocks: call it before
    /// serving begins.
    package init(folder: String, clock: any WallClock = SystemWallClock()) throws(StoreError) {
        self.clock = clock
        let path = folder + "/" + Self.fileName
        do {
            try Self.keepPrivate(path)
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try Schema.prepare(pool)
        } catch {
            throw StoreError(error)
        }
    }

    /// Whether it answers.
    package func check() async throws(StoreError) {
        _ = try await read { connection throws(StoreError) in try connection.all("SELECT 1 AS answer") { _ in } }
    }

    /// Moves what the log still holds into the file. Nothing may be asked afterwards.
    ///
    /// GRDB closes its writer before its readers, and so the log would stay; a log that somebody else holds stays all the same,
    /// and is read at the next start.
    package func close() throws(StoreError) {
        do {
            _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try pool.close()
        } catch {
            throw StoreError(error)
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        do { return try await pool.read { try body(Connection($0)) } } catch { throw StoreError(error) }
    }

    /// Does all of it or nothing.
    @discardableResult
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        do { return try await pool.write { try body(Connection($0)) } } catch { throw StoreError(error) }
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(patience.inSeconds)
        configuration.maximumReaderCount = readers
        configuration.label = "hemicycle.store"
        return configuration
    }

    /// Only the program's own user reads it; the log and its index take over the file's mode.
    private static func keepPrivate(_ path: String) throws {
        let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: mode) else {
                throw StoreError(.unavailable, "“\(path)” cannot be made. Check that the data folder exists and may be written.")
            }
        }
        try FileManager.default.setAttributes(mode, ofItemAtPath: path)
    }
}
