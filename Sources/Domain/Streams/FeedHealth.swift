package import Identifiers
package import Media
package import Time

/// How a feed fares, for the desk, the moderators and the operator.
package struct FeedHealth: Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable {
        case live
        /// The publisher went away; the feed waits for its return.
        case interrupted
        case ended
    }

    package let id: FeedID
    package let room: RoomID
    package let way: IngestWay
    package let state: State
    package let formats: [TrackFormat]
    /// When the present publisher was admitted.
    package let since: UTCInstant
    package let lastFrame: UTCInstant?
    package let lastKeyFrame: UTCInstant?
    /// Bits a second over the last two seconds.
    package let bitrate: Int
    /// Pictures a second over the last two seconds.
    package let frameRate: Double
    /// Seconds between the last two key frames.
    package let keyFrameInterval: Double?
    /// How often the publisher has gone away.
    package let interruptions: Int
    package let readers: Int
    /// Frames that slow readers lost.
    package let framesDropped: Int
}
