import Glibc

extension Folder {
    package func exists() throws(FileError) -> Bool {
        do {
            _ = try Descriptor(opening: path, O_RDONLY | O_DIRECTORY, operation: "opening")
            return true
        } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }

    /// Bytes in the file of this name.
    package func size(of name: String) throws(FileError) -> Int64 {
        try ReadableFile(path.appending(name)).length()
    }

    /// Removes the folder, which is empty. On the disk when it returns.
    package func removeItself() throws(FileError) {
        try check("removing", path) { unsafe rmdir(path.text) }
        try Folder(path.folder).synchronize()
    }
}
