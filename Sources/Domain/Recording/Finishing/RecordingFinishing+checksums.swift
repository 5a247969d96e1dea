import Crypto
import Files
import Time

extension RecordingFinishing {
    /// Sums every file of the folder and writes what sha256sum(1) checks.
    ///
    /// - Returns: all files, those that play first, and the sum of the list itself.
    func sumFiles(progress: (Double) -> Void) throws(RecordingError) -> ([FinishedRecording.File], Fingerprint) {
        let names = try filing { () throws(FileError) in
            try recording.ownNames().filter { $0 != RecordingFolder.checksumsName }
        }
        var files: [FinishedRecording.File] = []
        for (place, name) in names.enumerated() {
            files.append(try sum(name))
            progress(Double(place + 1) / Double(names.count))
        }
        let lines = files.sorted { $0.name < $1.name }.map { ChecksumList.line($0.sha256, $0.name) }
        let list = lines.joined()
        try write(list, as: RecordingFolder.checksumsName)
        let checksums = Fingerprint(of: Array(list.utf8))
        files.append(file(RecordingFolder.checksumsName, Int64(list.utf8.count), checksums))
        return (files.filter { $0.kind == .movie } + files.filter { $0.kind != .movie }, checksums)
    }

    private func sum(_ name: String) throws(RecordingError) -> FinishedRecording.File {
        try filing { () throws(FileError) in
            let bytes = try ReadableFile(recording.path.appending(name)).length()
            return file(name, bytes, try recording.fingerprint(of: name))
        }
    }

    private func file(_ name: String, _ bytes: Int64, _ sum: Fingerprint) -> FinishedRecording.File {
        FinishedRecording.File(
            name: name, kind: RecordingFolder.kind(of: name), bytes: bytes, sha256: sum, playing: playing(name))
    }

    private func playing(_ name: String) -> Range<UTCInstant>? {
        if let product = manifest.products.first(where: { $0.file == name }) {
            return product.from.instant..<max(product.from, product.to).instant
        }
        let stretch = manifest.tracks.flatMap(\.stretches).first { $0.file == name }
        return stretch.map { $0.from.instant..<max($0.from, $0.to).instant }
    }
}

extension RecordingFolder {
    /// The SHA-256 of a whole file, however long.
    func fingerprint(of name: String, pace: ReadingPace? = nil) throws(FileError) -> Fingerprint {
        var hash = SHA256()
        try ReadableFile(path.appending(name)).forEachPiece {
            hash.update(data: $0)
            pace?.spend($0.count)
        }
        return Fingerprint(hash.finalize())
    }
}
