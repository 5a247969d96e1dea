package import Identifiers
import Synchronization
package import Time

/// What happened to a feed, for those who arrange the rooms.
package enum FeedNotice: Hashable, Sendable {
    case started(RoomID, FeedID)
    case interrupted(RoomID, FeedID)
    case resumed(RoomID, FeedID)
    case ended(RoomID, FeedID)

    package var room: RoomID {
        switch self {
        case .started(let room, _), .interrupted(let room, _), .resumed(let room, _), .ended(let room, _): room
        }
    }
}

/// The feeds of this server, at most one in each room. Any thread may call it.
package final class FeedDirectory: Sendable {
    package struct Configuration: Sendable {
        /// How long a feed waits for its publisher to come back.
        package var patience: Duration = .seconds(60)
        /// A connection that has been silent this long gives way to a new one with the same key.
        package var silence: Duration = .seconds(2)
        /// Feeds at one time.
        package var maximumFeeds = 200

        package init() {}
    }

    private let configuration: Configuration
    private let clock: any WallClock
    private let wall: (any WallClock)?
    private let feeds = Mutex<[RoomID: Feed]>([:])
    private let observer: @Sendable (FeedNotice) -> Void

    /// - Parameters:
    ///   - clock: the one that times what arrives.
    ///   - wall: the one that people read, where it is another.
    ///   - observer: told what happens to feeds, on the thread where it happens; it must not block.
    package init(
        configuration: Configuration, clock: any WallClock, wall: (any WallClock)? = nil,
        observer: @escaping @Sendable (FeedNotice) -> Void
    ) {
        self.configuration = configuration
        self.clock = clock
        self.wall = wall
        self.observer = observer
    }

    package func feed(in room: RoomID) -> Feed? {
        feeds.withLock { $0[room] }
    }

    package var all: [Feed] { feeds.withLock { Array($0.values) } }

    /// Begins a feed in `room`, or goes on with the one whose publisher went away. A key takes over from itself where its
    /// connection has been silent; from another key nothing is taken while that one publishes.
    package func publish(
        to room: RoomID, with key: StreamKeyID, way: IngestWay, remoteAddress: String
    ) throws(PublishRefusal) -> Publication {
        let publisher = Feed.Publisher(key: key, way: way, remoteAddress: remoteAddress)
        if let feed = feed(in: room) {
            guard let succession = feed.succeed(publisher, silence: configuration.silence) else { throw .taken }
            return succession
        }
        let feed = Feed(id: FeedID(at: clock.now()), room: room, publisher, clock: clock, wall: wall, observer: observer)
        try add(feed)
        observer(.started(room, feed.id))
        return feed.firstPublication()
    }

    /// Ends the feed in `room`, its publisher included.
    package func end(in room: RoomID, _ reason: PublishRefusal) {
        feeds.withLock { $0.removeValue(forKey: room) }?.end(reason)
    }

    /// Ends the feed in `room` where it is published with `key`, which is revoked; another key's is left alone.
    package func end(in room: RoomID, publishedWith key: StreamKeyID, _ reason: PublishRefusal) {
        let feed = feeds.withLock { feeds in
            feeds[room]?.isPublished(with: key) == true ? feeds.removeValue(forKey: room) : nil
        }
        feed?.end(reason)
    }

    /// Ends every feed: the server is stopping.
    package func endAll(_ reason: PublishRefusal) {
        for feed in all { end(in: feed.room, reason) }
    }

    /// Ends the feeds whose publishers did not come back in time. Called about once a second.
    package func sweep() {
        let patience = configuration.patience
        let abandoned = feeds.withLock { feeds in
            let abandoned = feeds.filter { $0.value.isAbandoned(after: patience) }
            for room in abandoned.keys { feeds.removeValue(forKey: room) }
            return abandoned
        }
        for feed in abandoned.values {
            feed.end(PublishRefusal(.unavailable, "The feed was given up \(patience) after its publisher left."))
        }
    }

    private func add(_ feed: Feed) throws(PublishRefusal) {
        let refusal = feeds.withLock { feeds -> PublishRefusal? in
            guard feeds[feed.room] == nil else { return .taken }
            guard feeds.count < configuration.maximumFeeds else {
                return PublishRefusal(.unavailable, "The server carries its maximum of \(feeds.count) feeds.")
            }
            feeds[feed.room] = feed
            return nil
        }
        if let refusal { throw refusal }
    }
}

extension PublishRefusal {
    static let taken = PublishRefusal(
        .alreadyPublishing, "Somebody publishes to this room already. Stop that encoder first, or use the room's own.")
}
