/// What a file of a finished recording is for.
package enum RecordingFileKind: String, Codable, CaseIterable, Hashable, Sendable {
    /// Picture and sound, for playing.
    case movie
    /// One track as it was received.
    case track
    case chapters
    case poster
    case thumbnails
    /// The rest, which proves it: indexes, manifest, list of checksums.
    case proof
}

/// What the files are called that belong to one piece of a recording.
struct ProductNames {
    /// Nothing where there is one piece, else `-1`, `-2` …
    private let number: String

    init(piece: Int, of count: Int) {
        number = count == 1 ? "" : "-\(piece + 1)"
    }

    var movie: String { "recording\(number).mp4" }
    var chapters: String { "chapters\(number).vtt" }
    var thumbnails: String { "thumbnails\(number).vtt" }

    /// A sheet of thumbnails, counted from 0.
    func sheet(_ place: Int) -> String {
        let digits = String(place + 1)
        return "thumbnails\(number).\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits).jpg"
    }
}

extension RecordingFolder {
    /// What finishing makes a file of this name for; nil where it makes none.
    static func productKind(of name: String) -> RecordingFileKind? {
        switch name {
        case posterName: .poster
        case checksumsName: .proof
        case _ where name.hasPrefix("recording") && name.hasSuffix(".mp4"): .movie
        case _ where name.hasPrefix("chapters") && (name.hasSuffix(".vtt") || name.hasSuffix(".json")): .chapters
        case _ where name.hasPrefix("thumbnails") && (name.hasSuffix(".vtt") || name.hasSuffix(".jpg")): .thumbnails
        default: nil
        }
    }

    static func kind(of name: String) -> RecordingFileKind {
        productKind(of: name) ?? (StretchName(file: name)?.media == name ? .track : .proof)
    }
}
