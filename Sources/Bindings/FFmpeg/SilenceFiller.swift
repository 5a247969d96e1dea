/// Says where silent frames stand in for missing sound, so that the frames of a track last as long, one after the other, as their
/// times say. Times are in ticks of the track.
struct SilenceFiller {
    /// Seconds; a longer hole stays one: three days, longer than any session.
    private static let longestHole: Int64 = 3 * 86_400

    /// How long each frame of the track is; at least 1.
    let length: Int64
    private let longestHole: Int64
    /// Where the last frame, silent or not, ended.
    private var end: Int64?
    /// What was missing and shorter than a frame; negative where frames overlap.
    private var debt: Int64 = 0
    /// Silent frames still to come before the frame at hand.
    private var missing: Int64 = 0

    init(length: Int32, timescale: Int32) {
        self.length = max(1, Int64(length))
        longestHole = Self.longestHole * Int64(timescale)
    }

    /// Where the next silent frame goes; nil where none is to come.
    var next: Int64? { missing > 0 ? end : nil }

    /// The frame at hand is to stand at `time`.
    mutating func expect(_ time: Int64) {
        guard let end, case let (hole, overflow) = time.subtractingReportingOverflow(end), !overflow,
            -longestHole...longestHole ~= hole
        else { return }
        debt += hole
        missing = max(0, debt / length)
        debt -= missing * length
    }

    /// A silent frame was written.
    mutating func fill() {
        missing -= 1
        end = end.map { $0 + length }
    }

    /// The frame at hand was written.
    mutating func pass(_ time: Int64) {
        let (sum, overflow) = time.addingReportingOverflow(length)
        end = overflow ? nil : sum
    }
}
