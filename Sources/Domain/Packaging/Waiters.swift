package import HLS
package import Media

/// What a request may have to wait for.
package enum Awaited: Hashable, Sendable {
    /// The playlist that names the tracks.
    case multivariant
    case track(TrackKind, BlockingRequest.Wait)
}

/// How a wait ends.
package enum Wake: Hashable, Sendable {
    case ready
    /// Too long, or nobody waits any more.
    case expired
}

/// One request that waits.
package struct Waiter: Hashable, Sendable {
    let id: UInt64
    let awaited: Awaited
}

/// The requests that wait for something to be in a playlist. Each is woken once.
struct Waiters {
    /// Requests that may wait at one time; viewers beyond come again later.
    private static let maximumWaiters = 50_000

    private var waiting: [Awaited: [UInt64: @Sendable (Wake) -> Void]] = [:]
    private(set) var count = 0
    private var lastID: UInt64 = 0

    var isFull: Bool { count >= Self.maximumWaiters }

    mutating func makeID() -> UInt64 {
        lastID &+= 1
        return lastID
    }

    mutating func add(_ waiter: Waiter, _ wake: @escaping @Sendable (Wake) -> Void) {
        waiting[waiter.awaited, default: [:]][waiter.id] = wake
        count += 1
    }

    mutating func remove(_ waiter: Waiter) -> (@Sendable (Wake) -> Void)? {
        guard let wake = waiting[waiter.awaited]?.removeValue(forKey: waiter.id) else { return nil }
        count -= 1
        if waiting[waiter.awaited]?.isEmpty == true { waiting[waiter.awaited] = nil }
        return wake
    }

    mutating func removeAll(where isReady: (Awaited) -> Bool) -> [@Sendable (Wake) -> Void] {
        let ready = waiting.filter { isReady($0.key) }
        for awaited in ready.keys { waiting[awaited] = nil }
        let wakes = ready.values.flatMap(\.values)
        count -= wakes.count
        return wakes
    }
}
