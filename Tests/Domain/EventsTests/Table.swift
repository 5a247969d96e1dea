import Events
import Identifiers
import Synchronization
import Time

/// Events kept in memory, counted as the store counts them. A test may hold a publisher between storing and telling, or let the
/// table fail.
final class Table: EventRepository {
    struct Failure: Error {}

    private struct State {
        var events: [Event] = []
        var reads = 0
        var fails = false
    }

    private let state = Mutex(State())
    private let afterStoring: @Sendable (Event) async -> Void

    init(afterStoring: @escaping @Sendable (Event) async -> Void = { _ in }) {
        self.afterStoring = afterStoring
    }

    /// How often events were read from the table.
    var reads: Int { state.withLock { $0.reads } }

    func fail(_ fails: Bool) { state.withLock { $0.fails = fails } }

    func append(_ draft: EventDraft, at instant: UTCInstant) async throws -> Event {
        let event = try state.withLock { state in
            guard !state.fails else { throw Failure() }
            let number = state.events.count { $0.conference == draft.conference } + 1
            let event = Event(
                sequence: Int64(number), conference: draft.conference, session: draft.session, instant: instant,
                kind: draft.kind, visibility: draft.visibility, data: draft.data)
            state.events.append(event)
            return event
        }
        await afterStoring(event)
        return event
    }

    func events(in conference: ConferenceID, after sequence: Int64, limit: Int) async throws -> [Event] {
        try state.withLock { state in
            guard !state.fails else { throw Failure() }
            state.reads += 1
            return Array(state.events.filter { $0.conference == conference && $0.sequence > sequence }.prefix(limit))
        }
    }

    func latestEvents(
        in session: SessionID, of conference: ConferenceID, kinds: [EventKind], limit: Int
    ) async throws -> [Event] {
        state.withLock { state in
            Array(state.events.reversed().filter { $0.session == session && kinds.contains($0.kind) }.prefix(limit))
        }
    }

    func lastSequence(in conference: ConferenceID) async throws -> Int64 {
        state.withLock { state in Int64(state.events.count { $0.conference == conference }) }
    }
}

let start = UTCInstant(microseconds: 1_623_837_600_000_000)
let conference = ConferenceID(at: start)

func draft(_ kind: EventKind = .sessionLive, in conference: ConferenceID = conference) -> EventDraft {
    EventDraft(kind, conference: conference, session: nil, visibility: .everyone, data: "{}")
}

extension EventFollower {
    /// The numbers of the next `count` events.
    func numbers(_ count: Int) async throws -> [Int64] {
        var numbers: [Int64] = []
        while numbers.count < count, let event = try await next() { numbers.append(event.sequence) }
        return numbers
    }
}

/// A door that opens once.
final class Door: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
