package import Identifiers
package import Media
import Synchronization

/// What an admitted publisher holds: its own end of the feed, from admission until it leaves or is cut off.
///
/// Called from the publisher's connection, one call at a time; frames that come after the end are dropped.
package final class Publication: Sendable {
    package let id: FeedID
    package let room: RoomID
    private let feed: Feed
    private let generation: UInt64

    init(feed: Feed, generation: UInt64) {
        self.id = feed.id
        self.room = feed.room
        self.feed = feed
        self.generation = generation
    }

    /// Says how a track is coded, before its first frame and whenever that changes.
    package func declare(_ format: TrackFormat) {
        feed.declare(format, from: generation)
    }

    /// Delivers one access unit whose times are the connection's own: any zero, one line for all tracks.
    package func deliver(_ frame: MediaFrame) {
        feed.deliver(frame, from: generation)
    }

    /// The publisher has left or its connection broke. The feed waits for it to come back.
    package func end() {
        feed.interrupt(from: generation)
    }

    /// Calls `action` once when the hub ends this publication (key revoked, taken over, server stopping); at once where it
    /// has already. The connection then says goodbye and closes.
    package func onCutOff(_ action: @escaping @Sendable (PublishRefusal) -> Void) {
        feed.onCutOff(of: generation, action)
    }
}
