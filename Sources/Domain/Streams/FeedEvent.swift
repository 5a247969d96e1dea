package import Media

/// What a reader of a feed is told, in order. Frames stand on the feed's time line, whose zero is 1970-01-01T00:00:00Z:
/// a frame's decode time is its instant on the wall clock.
package enum FeedEvent: Hashable, Sendable {
    /// The track of this kind is coded so from here on; always told before its first frame.
    case format(TrackFormat)
    case frame(MediaFrame)
    /// The publisher went away or jumped in time; the next frame of each track does not continue the one before.
    case interrupted
    /// Frames were left out for this reader, who was too slow; it goes on at a key frame.
    case overrun
    /// Nobody came back in time. Nothing follows.
    case ended
}
