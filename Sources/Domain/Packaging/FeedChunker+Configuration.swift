extension FeedChunker {
    package struct Configuration: Hashable, Sendable {
        /// How long a part is at most. Shorter parts lower the delay and cost every viewer more requests.
        package var partDuration: Duration = .milliseconds(500)
        /// From here on a segment ends at the next key frame.
        package var segmentDuration: Duration = .seconds(2)

        /// No part lasts longer, and this is what playlists promise. The slack above `partDuration` takes in the rounding of
        /// timestamps to milliseconds, and rates such as 29.97, which would else leave a part of one picture at the end of
        /// each segment.
        package var partTarget: Duration { partDuration + .milliseconds(5) }

        /// What `partDuration` may be.
        package static let acceptedPartDuration: ClosedRange<Duration> = .milliseconds(200) ... .seconds(1)
        /// No segment lasts longer: one without a key frame in it is cut here. It is the playlist's target duration and never
        /// changes.
        package static let targetDuration: Duration = .seconds(4)

        package init() {}
    }

    /// A key frame this much early still ends the segment: timestamps are rounded, and encoders are not exact.
    static let earliness: Duration = .milliseconds(100)
    /// A segment that had to begin without a key frame ends at the next one from here on, so that viewers can join soon.
    static let shortestSegment: Duration = .seconds(1)
    /// How much later than the picture's a segment of sound may end when it is cut at the target duration.
    static let soundSlack: Duration = .milliseconds(400)
    /// How long sound waits for the picture that belongs to it, while the picture runs or none is known of.
    static let soundPatience: Duration = .seconds(1)
    /// When no sound has come for so long while pictures do, silence stands in for it.
    static let soundAbsence: Duration = .seconds(2)
    /// How long nothing may come before that counts as an interruption: what a line that stutters takes to recover. It is also
    /// when a desk may take over from its own dead connection.
    static let silencePatience: Duration = .seconds(2)
    /// How long sound waits for the first key frame of a picture that is announced.
    static let keyFramePatience: Duration = .seconds(8)
    /// Packets of sound that wait at most; the oldest goes on alone then.
    static let maximumWaitingSound = 1024
    /// What may be missing after an interruption without being called a discontinuity.
    static let negligibleGap: Duration = .milliseconds(100)
}
