import Identifiers
import Synchronization

/// Whether somebody may be told of an event now.
package enum EventVerdict: Hashable, Sendable {
    case tell
    /// Not this one.
    case withhold
    /// Neither this one nor any later one: the right to follow is gone.
    case end
}

package typealias EventGate = @Sendable (Event) async -> EventVerdict

/// What a follower hears next.
package enum EventTurn: Hashable, Sendable {
    case event(Event)
    /// Nothing that it may be told has happened in the time given.
    case quiet
    /// Nothing follows.
    case ended
}

/// One who follows a conference's events. One task reads at a time.
package final class EventFollower: Sendable {
    /// Events read from the table at once.
    static let batch = 200

    private struct State {
        /// The number of the last event that was taken.
        var position: Int64
        /// What comes next, in order.
        var ready: ArraySlice<Event> = []
        var isClosed = false
    }

    private let hub: EventHub
    private let conference: ConferenceID
    private let gate: EventGate
    private let state: Mutex<State>

    init(hub: EventHub, conference: ConferenceID, position: Int64, gate: @escaping EventGate) {
        self.hub = hub
        self.conference = conference
        self.gate = gate
        self.state = Mutex(State(position: position))
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// The next event that it may be told; nil where nothing follows, and when the task is cancelled.
    package func next() async throws -> Event? {
        guard case .event(let event) = try await turn(before: nil) else { return nil }
        return event
    }

    /// As `next`, but says `.quiet` when `patience` is over, so that a server may show that it is still there.
    package func next(within patience: Duration) async throws -> EventTurn {
        try await turn(before: .now + patience)
    }

    /// Nothing more is wanted; who waits is woken.
    package func close() {
        state.withLock { $0.isClosed = true }
        hub.wake(self, in: conference)
    }

    private func turn(before deadline: ContinuousClock.Instant?) async throws -> EventTurn {
        while !isClosed, !Task.isCancelled {
            if let event = take() {
                if let turn = await judge(event) { return turn }
            } else if let answer = hub.answer(in: conference, after: position) {
                guard try await refill(answer, before: deadline) else { return .quiet }
            } else {
                return .ended
            }
        }
        return .ended
    }

    /// Nil where this event is not for this follower.
    private func judge(_ event: Event) async -> EventTurn? {
        switch await gate(event) {
        case .tell: return .event(event)
        case .withhold: return nil
        case .end:
            close()
            return .ended
        }
    }

    /// False where nothing came before the deadline.
    private func refill(_ answer: EventLine.Answer, before deadline: ContinuousClock.Instant?) async throws -> Bool {
        switch answer {
        case .events(let events): put(events)
        case .stored: try await replay()
        case .nothingNew: return await wait(before: deadline)
        }
        return true
    }

    private func replay() async throws {
        let events = try await hub.repository.events(in: conference, after: position, limit: Self.batch)
        guard events.isEmpty else { return put(events) }
        throw EventError(.missing, "Events after number \(position) are no longer kept. Follow again from now on.")
    }

    private func wait(before deadline: ContinuousClock.Instant?) async -> Bool {
        guard let deadline else {
            await hub.wait(self, in: conference, after: position)
            return true
        }
        guard deadline > .now else { return false }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.hub.wait(self, in: self.conference, after: self.position) }
            group.addTask { try? await Task.sleep(until: deadline, clock: .continuous) }
            await group.next()
            group.cancelAll()
        }
        return true
    }

    private var position: Int64 { state.withLock { $0.position } }

    private func put(_ events: [Event]) {
        state.withLock { $0.ready = events[...] }
    }

    private func take() -> Event? {
        state.withLock { state in
            guard let event = state.ready.popFirst() else { return nil }
            state.position = event.sequence
            return event
        }
    }
}
