package import Files
import FoundationEssentials
package import Identifiers

/// The one folder in which everything lasting lies. One program at a time holds it.
package struct DataFolder: Sendable {
    /// Bytes of its path: a local socket lies in it, and the path of one may be 107 bytes long (unix(7), `sun_path`).
    static let maximumPath = 107 - "/control.sock".utf8.count

    package let path: Path
    private let lock: AdvisoryLock

    /// Creates the folder where it is missing and takes it for this process.
    ///
    /// - Throws: that another program holds it, or that it cannot be written.
    package init(_ path: Path) throws(DataFolderError) {
        self.path = path
        do {
            try Folder(path).createIfMissing()
            try Folder(path.appending("recordings")).createIfMissing()
            lock = try AdvisoryLock(on: path)
        } catch {
            throw DataFolderError(path, error)
        }
    }

    package var database: Path { path.appending("hemicycle.sqlite") }
    package var demonstration: Path { path.appending("demonstration.json") }
    package static func controlSocket(in folder: Path) -> Path { folder.appending("control.sock") }

    package func recording(_ id: RecordingID) -> Path {
        path.appending("recordings").appending(id.description)
    }

    /// Bytes that the disk of the recordings still holds; nil where they could not be measured.
    var freeBytesForRecordings: Int64? { try? Folder(path.appending("recordings")).freeBytes() }

    /// The secret with which passes are signed, made at the first start.
    package func passSecret() throws -> [UInt8] {
        try keptSecret("pass-secret") { SystemRandomNumberGenerator.bytes(32) }
    }

    /// A secret that stays the same over restarts, in a file that only this user may read.
    func keptSecret(_ name: String, make: () -> [UInt8]) throws -> [UInt8] {
        let kept = try ReadableFile.ifPresent(path.appending(name))?.readAll(atMost: 4096)
        if let kept, !kept.isEmpty { return kept }
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
