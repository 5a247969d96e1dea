import HLS
import Time

extension MediaPlaylist {
    static func example(_ segments: [Segment]) -> MediaPlaylist {
        MediaPlaylist(targetDuration: .seconds(4), partTarget: .milliseconds(500), segments: segments, discontinuitySequence: 0)
    }
}

extension MediaPlaylist.Segment {
    /// Parts of half a second; the first of them is independent.
    static func example(_ number: Int64, parts: Int, isComplete: Bool, isDiscontinuous: Bool = false) -> Self {
        let start = UTCInstant(microseconds: 1_623_844_800_000_000)
        return Self(
            number: number, map: "init-0a1b2c3d.mp4", isDiscontinuous: isDiscontinuous,
            programDate: start.advanced(by: .seconds(number * 2)), duration: .milliseconds(500) * parts,
            parts: (0..<parts).map { .init(duration: .milliseconds(500), isIndependent: $0 == 0) }, isComplete: isComplete)
    }
}
