/// How one viewer fares, counted since it came.
package struct ViewerStatistics: Hashable, Sendable {
    package var packets = 0
    package var bytes = 0
    /// Pictures that were left out because the viewer could not keep up.
    package var framesDropped = 0
    /// Packets that were sent once more, and such as were asked for too late.
    package var repaired = 0
    package var unrepaired = 0
    package var keyFrameWishes = 0
    /// Of the packets of the picture, or of the sound where there is none: lost since the report before, 0 to 1.
    package var loss = 0.0
    /// Seconds.
    package var jitter = 0.0
    package var roundTrip: Duration?
    /// What its browser thinks that the way to it carries, in bits a second.
    package var estimate: UInt64?

    package init() {}
}
