package import Recording
package import Time

/// One file of a recording that can be downloaded.
package struct RecordingFile: Hashable, Sendable {
    /// Its name in the recording's folder.
    package let name: String
    package let kind: RecordingFileKind
    package let bytes: Int64
    /// In hexadecimal.
    package let sha256: String
    /// How long it plays; 0 where it does not.
    package let seconds: Double
    /// The instant of its first frame; nil where it does not play.
    package let startsAt: UTCInstant?

    package init(
        name: String, kind: RecordingFileKind = .movie, bytes: Int64, sha256: String, seconds: Double = 0,
        startsAt: UTCInstant? = nil
    ) {
        self.name = name
        self.kind = kind
        self.bytes = bytes
        self.sha256 = sha256
        self.seconds = seconds
        self.startsAt = startsAt
    }
}

extension RecordingFile: Codable {
    private enum Key: CodingKey {
        case name, kind, bytes, sha256, seconds, startsAt
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.decode(String.self, forKey: .name)
        // Earlier versions listed movies alone.
        kind = try container.decodeIfPresent(RecordingFileKind.self, forKey: .kind) ?? .movie
        bytes = try container.decode(Int64.self, forKey: .bytes)
        sha256 = try container.decode(String.self, forKey: .sha256)
        seconds = try container.decode(Double.self, forKey: .seconds)
        startsAt = try container.decodeIfPresent(UTCInstant.self, forKey: .startsAt)
    }
}

extension RecordingFile {
    init(_ file: FinishedRecording.File) {
        self.init(
            name: file.name, kind: file.kind, bytes: file.bytes, sha256: file.sha256.text,
            seconds: file.playing.map { $0.upperBound.since($0.lowerBound).inSeconds } ?? 0,
            startsAt: file.playing?.lowerBound.toMillisecond)
    }
}
