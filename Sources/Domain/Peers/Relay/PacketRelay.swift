package import RTP
import Synchronization

/// What those who watch a relay are told, in order.
package enum RelayEvent: Sendable {
    case groups([PacketGroup])
    /// What follows does not continue what went before: nobody can go on from what is cached, nor before the next key frame.
    case interrupted
    /// Nothing follows: the feed is over, or goes on coded otherwise, and has to be asked for again.
    case ended
}

/// Carries the packets of one feed from whoever makes them to the event loops that have viewers of it: one seat for each loop.
/// Any thread may call it; one at a time publishes.
package final class PacketRelay: Sendable {
    package typealias Sink = @Sendable (RelayEvent) -> Void

    private struct State {
        var cache = GroupCache()
        var sinks: [UInt64: Sink] = [:]
        var seats: UInt64 = 0
        var hasEnded = false
        var keyFrameWish: (@Sendable () -> Void)?
    }

    /// How the pictures are packed; nil where the feed has none.
    package let coding: PictureCoding?
    private let state = Mutex(State())

    package init(coding: PictureCoding?) {
        self.coding = coding
    }

    /// Takes a seat. `sink` is told all that is published from here on, on the publisher's thread: it hops to its loop, and does
    /// not block.
    ///
    /// - Returns: the seat's number, and what was published since the last key frame.
    package func join(_ sink: @escaping Sink) -> (seat: UInt64, backlog: [PacketGroup]) {
        let (seat, backlog, hasEnded) = state.withLock { state in
            state.seats += 1
            if !state.hasEnded { state.sinks[state.seats] = sink }
            return (state.seats, state.cache.groups, state.hasEnded)
        }
        if hasEnded { sink(.ended) }
        return (seat, backlog)
    }

    package func leave(_ seat: UInt64) {
        _ = state.withLock { $0.sinks.removeValue(forKey: seat) }
    }

    /// Whether anybody has a seat.
    package var isWatched: Bool { state.withLock { !$0.sinks.isEmpty } }

    package func publish(_ groups: [PacketGroup]) {
        let sinks = state.withLock { state in
            guard !state.hasEnded else { return [Sink]() }
            for group in groups { state.cache.append(group) }
            return Array(state.sinks.values)
        }
        for sink in sinks { sink(.groups(groups)) }
    }

    /// What follows does not continue what went before.
    package func interrupt() {
        let sinks = state.withLock { state in
            state.cache.clear()
            return Array(state.sinks.values)
        }
        for sink in sinks { sink(.interrupted) }
    }

    package func end() {
        let sinks = state.withLock { state in
            defer { (state.sinks, state.hasEnded, state.keyFrameWish) = ([:], true, nil) }
            state.cache.clear()
            return Array(state.sinks.values)
        }
        for sink in sinks { sink(.ended) }
    }

    /// Calls `action` whenever a viewer needs a key frame; it need not coalesce them.
    package func onKeyFrameWish(_ action: @escaping @Sendable () -> Void) {
        state.withLock { if !$0.hasEnded { $0.keyFrameWish = action } }
    }

    /// Asks whoever publishes for a key frame. False where it cannot be asked (an encoder that comes by RTMP): then what is
    /// cached can be sent once more.
    package func wishKeyFrame() -> Bool {
        guard let wish = state.withLock({ $0.keyFrameWish }) else { return false }
        wish()
        return true
    }
}
