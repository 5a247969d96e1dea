import HLS
import Media

/// The requests that wait for something to be in a playlist. Each is resumed once.
struct Waiters {
    enum Key: Hashable {
        /// The playlist that names the tracks.
        case multivariant
        case track(TrackKind, BlockingRequest.Wait)
    }

    enum Wake {
        case ready
        /// Too long, or nobody waits any more.
        case expired
    }

    struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Wake, Never>
    }

    /// Requests that may wait at one time; viewers beyond come again later.
    private static let maximumWaiters = 50_000

    private var waiting: [Key: [Waiter]] = [:]
    private(set) var count = 0
    private var lastID: UInt64 = 0

    var isFull: Bool { count >= Self.maximumWaiters }

    mutating func makeID() -> UInt64 {
        lastID &+= 1
        return lastID
    }

    mutating func add(_ waiter: Waiter, for key: Key) {
        waiting[key, default: []].append(waiter)
        count += 1
    }

    mutating func remove(_ id: UInt64, for key: Key) -> Waiter? {
        guard let index = waiting[key]?.firstIndex(where: { $0.id == id }) else { return nil }
        count -= 1
        let waiter = waiting[key]?.remove(at: index)
        if waiting[key]?.isEmpty == true { waiting[key] = nil }
        return waiter
    }

    mutating func removeAll(where isReady: (Key) -> Bool) -> [Waiter] {
        let ready = waiting.filter { isReady($0.key) }
        for key in ready.keys { waiting[key] = nil }
        let waiters = ready.values.flatMap(\.self)
        count -= waiters.count
        return waiters
    }
}
