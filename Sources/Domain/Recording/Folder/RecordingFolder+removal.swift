import Files

/// What a recording takes on the disk, and its end.
extension RecordingFolder {
    package struct File: Hashable, Sendable {
        package let name: String
        package let bytes: Int64
    }

    /// Every file of the folder, sorted by name; none where there is no folder.
    package func files() throws(RecordingError) -> [File] {
        try filing { () throws(FileError) in
            guard try folder.exists() else { return [] }
            var files: [File] = []
            for name in try folder.names() { files.append(File(name: name, bytes: try folder.size(of: name))) }
            return files
        }
    }

    /// Removes every file and the folder; on the disk when it returns. Nothing happens where there is none.
    ///
    /// - Throws: `.busy` where it is being written or finished; nothing was removed then.
    package func remove() throws(RecordingError) {
        guard try filing({ () throws(FileError) in try folder.exists() }) else { return }
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        try filing { () throws(FileError) in
            for name in try folder.names() { try folder.remove(name) }
            try folder.removeItself()
        }
    }
}
