import Glibc

/// What is done with a folder and its entries.
package struct Folder: Hashable, Sendable {
    package let path: Path

    package init(_ path: Path) {
        self.path = path
    }

    /// Only the user whom the program runs as may look into what it makes.
    private static let mode: mode_t = 0o700

    /// Makes the folder, with mode 0700, in one that exists, and syncs the latter; refuses one that exists already.
    package func create() throws(FileError) {
        try check("making the folder", path) { unsafe mkdir(path.text, Self.mode) }
        try Folder(path.folder).synchronize()
    }

    /// Makes the folder, and those above it, where they do not exist.
    package func createIfMissing() throws(FileError) {
        do {
            try create()
        } catch {
            switch error.code {
            case .alreadyExists: return
            case .notFound where path.folder != path:
                try Folder(path.folder).createIfMissing()
                try create()
            default: throw error
            }
        }
    }

    /// The names of its entries, sorted by their UTF-8 bytes, without `.` and `..`.
    package func names() throws(FileError) -> [String] {
        guard let stream = unsafe opendir(path.text) else { throw FileError(errno: errno, "listing", path) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = unsafe readdir(stream) {
            names.append(unsafe Self.name(of: entry))
        }
        guard errno == 0 else { throw FileError(errno: errno, "listing", path) }
        return names.filter { $0 != "." && $0 != ".." }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// Removes the file of this name; nothing happens where there is none.
    package func remove(_ name: String) throws(FileError) {
        let file = path.appending(name)
        do {
            try check("removing", file) { unsafe unlink(file.text) }
        } catch {
            guard error.code == .notFound else { throw error }
        }
    }

    /// Gives an entry another name, in place of the one that has it, in one step.
    package func rename(_ name: String, to newName: String) throws(FileError) {
        let (from, to) = (path.appending(name), path.appending(newName))
        try check("renaming to \(newName)", from) { unsafe Glibc.rename(from.text, to.text) }
    }

    /// Returns when its entries, made, renamed or removed, are on the disk.
    package func synchronize() throws(FileError) {
        try Descriptor(opening: path, O_RDONLY | O_DIRECTORY, operation: "opening").synchronize()
    }
}
