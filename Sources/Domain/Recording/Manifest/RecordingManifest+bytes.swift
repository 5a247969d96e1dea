import Files
import FoundationEssentials

/// A manifest as bytes: JSON whose last member is the SHA-256 of all that stands before it.
extension RecordingManifest {
    private static let joint = ",\n  \"sha256\" : \""
    private static let end = "\"\n}\n"
    private static let closing = Array("\n}".utf8)

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("a manifest holds only texts and whole numbers") }
        let body = Array(data).dropLast(Self.closing.count)
        return body + Array((Self.joint + Fingerprint(of: Array(body)).text + Self.end).utf8)
    }

    /// Reads a manifest.
    ///
    /// - Throws: `.damaged` where it does not fit its own SHA-256, `.unknownFormat` for one of a later release.
    init(bytes: [UInt8]) throws(RecordingError) {
        guard let body = Self.vouchedBody(of: bytes) else {
            throw RecordingError(.damaged, "\(RecordingFolder.manifestName) does not fit the SHA-256 at its end.")
        }
        let json = Data(body + Self.closing)
        guard let format = try? JSONDecoder().decode(Format.self, from: json).format, format <= Self.currentFormat else {
            throw RecordingError(.unknownFormat, "The recording was written by a later release of Hemicycle.")
        }
        do {
            self = try JSONDecoder().decode(RecordingManifest.self, from: json)
        } catch {
            throw RecordingError(.damaged, "\(RecordingFolder.manifestName) is no manifest: \(error)", cause: error)
        }
    }

    private static func vouchedBody(of bytes: [UInt8]) -> [UInt8]? {
        let tail = Array(joint.utf8).count + Fingerprint.length + Array(end.utf8).count
        guard bytes.count > tail else { return nil }
        let body = Array(bytes.dropLast(tail))
        let expected = Array((joint + Fingerprint(of: body).text + end).utf8)
        return bytes.suffix(tail).elementsEqual(expected) ? body : nil
    }

    private struct Format: Decodable {
        let format: Int
    }
}

extension RecordingFolder {
    package func manifest() throws(RecordingError) -> RecordingManifest {
        guard let bytes = try small(Self.manifestName, atMost: RecordingLimits.manifest) else {
            throw RecordingError(.noRecording, "There is no recording at \(path): it has no \(Self.manifestName).")
        }
        return try RecordingManifest(bytes: bytes)
    }

    /// The bytes of a small file of the folder; nil where there is none.
    func small(_ name: String, atMost maximum: Int) throws(RecordingError) -> [UInt8]? {
        let file = try filing { () throws(FileError) in try ReadableFile.ifPresent(path.appending(name)) }
        guard let file else { return nil }
        guard let bytes = try filing({ () throws(FileError) in try file.readAll(atMost: maximum) }) else {
            throw RecordingError(.damaged, "\(name) is larger than \(maximum) bytes.")
        }
        return bytes
    }

    func write(_ manifest: RecordingManifest) throws(RecordingError) {
        try filing { () throws(FileError) in try folder.replace(Self.manifestName, with: manifest.bytes) }
    }
}
