/// How what a publisher sends arrives.
package struct PublisherStatistics: Hashable, Sendable {
    package struct Stream: Hashable, Sendable {
        /// Bits of payload a second, over the last second.
        package var bitrate = 0
        /// Of the packets of the last second that were not repaired in time, 0 to 1.
        package var loss = 0.0
        /// Since it came.
        package var packets = 0
        package var lost = 0
        /// Packets that came only when they were asked for.
        package var repaired = 0
        /// Seconds (RFC 3550 §6.4.1).
        package var jitter = 0.0
        /// Times that a key frame was asked for.
        package var keyFrameRequests = 0

        package init() {}
    }

    package var picture: Stream?
    package var sound: Stream?
    /// As repairs show it; nil where none was needed yet.
    package var roundTrip: Duration?

    package init() {}
}
