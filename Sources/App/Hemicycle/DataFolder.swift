package import Files
import FoundationEssentials
package import Identifiers

/// The one folder in which everything lasting lies. One program at a time holds it.
package struct DataFolder: Sendable {
    package let path: Path
    private let lock: AdvisoryLock

    /// Creates the folder where it is missing and takes it for this process.
    ///
    /// - Throws: that another program holds it, or that it cannot be written.
    package init(_ path: Path) throws(FileError) {
        try Folder(path).createIfMissing()
        try Folder(path.appending("recordings")).createIfMissing()
        self.path = path
        lock = try AdvisoryLock(on: path)
    }

    package var database: Path { path.appending("hemicycle.sqlite") }
    package var demonstration: Path { path.appending("demonstration.json") }
    package static func controlSocket(in folder: Path) -> Path { folder.appending("control.sock") }

    package func recording(_ id: RecordingID) -> Path {
        path.appending("recordings").appending(id.description)
    }

    /// The secret with which passes are signed, made at the first start.
    package func passSecret() throws -> [UInt8] {
        try keptSecret("pass-secret") { SystemRandomNumberGenerator.bytes(32) }
    }

    /// A secret that stays the same over restarts, in a file that only this user may read.
    func keptSecret(_ name: String, make: () -> [UInt8]) throws -> [UInt8] {
        if let file = try ReadableFile.ifPresent(path.appending(name)), let bytes = try file.readAll(atMost: 4096), !bytes.isEmpty
        {
            return bytes
        }
        let bytes = make()
        try Folder(path).replace(name, with: bytes)
        return bytes
    }
}

extension SystemRandomNumberGenerator {
    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in generator.next() }
    }
}
