import Files
import Foundation

/// A folder that is gone when the test lets go of it.
final class TemporaryFolder {
    let folder: Folder

    init() throws {
        let name = "hemicycle-files-\(UUID().uuidString)"
        folder = Folder(Path(NSTemporaryDirectory()).appending(name))
        try folder.create()
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder.path.text)
    }

    func mode(of path: Path) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path.text)[.posixPermissions] as? Int
    }
}
