package import Media

/// The name of a stretch: `picture-1`. Its media and its index are called after it.
package struct StretchName: Hashable, Sendable {
    package let track: TrackKind
    /// Counts the stretches of the track from 1.
    package let number: Int

    package var text: String { "\(track.rawValue)-\(number)" }
    package var media: String { text + Self.mediaSuffix }
    package var index: String { text + Self.indexSuffix }

    private static let mediaSuffix = ".mp4"
    private static let indexSuffix = ".index"

    init(track: TrackKind, number: Int) {
        self.track = track
        self.number = number
    }

    /// Reads the name of a media file or an index; nil for any other file.
    init?(file: String) {
        guard let suffix = [Self.mediaSuffix, Self.indexSuffix].first(where: file.hasSuffix) else { return nil }
        let parts = file.dropLast(suffix.count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let track = TrackKind(rawValue: String(parts[0])), let number = Int(parts[1]),
            1...RecordingLimits.stretches ~= number, String(number) == parts[1]
        else { return nil }
        self.init(track: track, number: number)
    }
}

extension StretchName: Comparable {
    package static func < (left: StretchName, right: StretchName) -> Bool {
        (left.track.rawValue, left.number) < (right.track.rawValue, right.number)
    }
}
