import Media
import Time

/// The time line of a session's media: the session's origin stands at `leadIn`. It may run apart from the feed's line, which
/// begins anew with each run of the program.
struct SessionLine: Hashable, Sendable {
    /// What every time is moved on by, so that the first pictures may be decoded before they are shown, and the first sound
    /// begin a little before the picture, without a time below zero, which fragmented MP4 cannot write.
    static let leadIn: Duration = .seconds(10)

    let origin: UTCInstant
    /// How far it is ahead of the feed's line.
    var shift: Duration = .zero

    /// Where a moment of the feed's line (zero: 1970) stands; nil before the line begins.
    func time(of feedTime: MediaTime, timescale: Int32) -> MediaTime? {
        let zero = MediaTime(
            ticks: origin.advanced(by: .zero - Self.leadIn - shift).microseconds, timescale: 1_000_000)
        let time = feedTime.rescaled(to: timescale) - zero
        return time.ticks >= 0 ? time : nil
    }

    /// The instant on the wall clock of a moment on this line.
    func instant(of time: MediaTime) -> UTCInstant {
        origin.advanced(by: time.duration - Self.leadIn)
    }
}
