import Identifiers
import Streams

/// Bounds what is told of the rooms' feeds, since every word is stored: a desk whose connection breaks all the time could write
/// without end. What is held back is told later, the latest of each room only.
struct FeedNews {
    /// Notices of one room that may be told at once, and how often one more may.
    static let burst = 10
    static let interval: Duration = .seconds(6)

    fileprivate struct Room {
        var allowance = FeedNews.burst
        var since: ContinuousClock.Instant
        var held: FeedNotice?
    }

    private var rooms: [RoomID: Room] = [:]

    /// What may be told now that this has happened; nil where it is held back.
    mutating func take(_ notice: FeedNotice, at now: ContinuousClock.Instant) -> FeedNotice? {
        var room = rooms[notice.room] ?? Room(since: now)
        room.held = notice
        defer { rooms[notice.room] = room }
        return room.release(at: now)
    }

    /// What was held back and may be told now.
    mutating func due(at now: ContinuousClock.Instant) -> [FeedNotice] {
        var told: [FeedNotice] = []
        for id in rooms.keys {
            if let notice = rooms[id]?.release(at: now) { told.append(notice) }
            if rooms[id]?.isQuiet == true { rooms[id] = nil }
        }
        return told
    }
}

extension FeedNews.Room {
    var isQuiet: Bool { held == nil && allowance == FeedNews.burst }

    mutating func release(at now: ContinuousClock.Instant) -> FeedNotice? {
        refill(at: now)
        guard held != nil, allowance > 0 else { return nil }
        allowance -= 1
        return held.take()
    }

    private mutating func refill(at now: ContinuousClock.Instant) {
        while allowance < FeedNews.burst, since.advanced(by: FeedNews.interval) <= now {
            allowance += 1
            since = since.advanced(by: FeedNews.interval)
        }
        if allowance == FeedNews.burst { since = now }
    }
}
