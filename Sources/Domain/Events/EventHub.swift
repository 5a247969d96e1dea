package import Identifiers
import Synchronization
package import Time

/// Tells events to those who follow a conference: each is stored first, and told in the order of its number.
///
/// A follower reads at its own pace, from memory while it keeps up and from the table where it does not, so that nothing is lost
/// or told twice, whether it replays or follows. Any thread may call it.
package final class EventHub: Sendable {
    private struct State {
        var lines: [ConferenceID: EventLine] = [:]
        var waiting: [ConferenceID: [ObjectIdentifier: CheckedContinuation<Void, Never>]] = [:]
        var told: [EventKind: Int] = [:]
        var isClosed = false
    }

    let repository: any EventRepository
    private let clock: any WallClock
    private let state = Mutex(State())

    package init(repository: any EventRepository, clock: any WallClock) {
        self.repository = repository
        self.clock = clock
    }

    /// - Throws: what the repository throws; nobody is told then.
    @discardableResult
    package func publish(_ draft: EventDraft) async throws -> Event {
        let event = try await repository.append(draft, at: clock.now())
        let waiting = state.withLock { state in
            state.lines[event.conference, default: EventLine(known: 0)].remember(event)
            state.told[event.kind, default: 0] += 1
            return state.waiting.removeValue(forKey: event.conference)
        }
        for follower in (waiting ?? [:]).values { follower.resume() }
        return event
    }

    /// Follows a conference after the event numbered `sequence`, or from now on where that is nil.
    ///
    /// - Parameter gate: asked at each event, just before it is handed out, whether this follower may still be told.
    package func follow(
        _ conference: ConferenceID, after sequence: Int64?, gate: @escaping EventGate
    ) async throws -> EventFollower {
        let last = try await repository.lastSequence(in: conference)
        let known = state.withLock { state in
            state.lines[conference, default: EventLine(known: 0)].reach(last)
            return state.lines[conference]?.known ?? last
        }
        let position = min(max(0, sequence ?? known), known)
        return EventFollower(hub: self, conference: conference, position: position, gate: gate)
    }

    /// What a log of a session tells, at most `limit`, the latest first.
    package func latest(in session: SessionID, of conference: ConferenceID, limit: Int) async throws -> [Event] {
        try await repository.latestEvents(in: session, of: conference, kinds: EventKind.logged, limit: limit)
    }

    /// How many of each kind have been told since the start.
    package var told: [EventKind: Int] { state.withLock { $0.told } }

    /// Ends every follower: the server is stopping.
    package func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting.values.flatMap(\.values)
        }
        for follower in waiting { follower.resume() }
    }
}

// MARK: - The followers' side

extension EventHub {
    /// Nil where the hub is closed.
    func answer(in conference: ConferenceID, after sequence: Int64) -> EventLine.Answer? {
        state.withLock { state in
            state.isClosed ? nil : state.lines[conference]?.answer(after: sequence) ?? .nothingNew
        }
    }

    /// Waits until there may be something after `sequence`; ends early when the task is cancelled or `wake` is called.
    func wait(_ follower: EventFollower, in conference: ConferenceID, after sequence: Int64) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard !state.isClosed, !Task.isCancelled, !follower.isClosed,
                        state.lines[conference]?.answer(after: sequence) == .nothingNew
                    else { return false }
                    state.waiting[conference, default: [:]][ObjectIdentifier(follower)] = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            wake(follower, in: conference)
        }
    }

    func wake(_ follower: EventFollower, in conference: ConferenceID) {
        state.withLock { $0.waiting[conference]?.removeValue(forKey: ObjectIdentifier(follower)) }?.resume()
    }
}
