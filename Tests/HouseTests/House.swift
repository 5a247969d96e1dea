import Foundation

/// The tree of the repository that these tests stand in.
enum House {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The folders directly in `folder`, in order.
    static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: root.appending(path: folder), includingPropertiesForKeys: nil)
            .filter { $0.hasDirectoryPath }
            .map(\.lastPathComponent)
            .sorted()
    }

    /// The paths, from the root, of the files below `folder` whose names end in `.suffix`, in order.
    static func files(below folder: String, withExtension suffix: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { $0.hasSuffix("." + suffix) }
            .map { "\(folder)/\($0)" }
            .sorted()
    }
}
