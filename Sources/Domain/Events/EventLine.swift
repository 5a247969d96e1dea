import Identifiers

/// What the hub remembers of one conference's events: the newest ones, and how far the table is known to go.
///
/// Numbers are given inside the storing transaction, so that everything up to a number that has been told is in the table,
/// even where two publishers tell theirs in the other order. Whoever finds a hole here reads the table.
struct EventLine {
    /// Events remembered.
    static let capacity = 1000

    enum Answer: Equatable {
        /// These come next, without a hole.
        case events([Event])
        /// More have happened, but they are only in the table.
        case stored
        case nothingNew
    }

    /// The highest number that is known to be in the table.
    private(set) var known: Int64
    /// In order; a hole closes when its publisher tells.
    private var recent: [Event] = []

    init(known: Int64) {
        self.known = known
    }

    mutating func reach(_ sequence: Int64) {
        known = max(known, sequence)
    }

    mutating func remember(_ event: Event) {
        reach(event.sequence)
        let place = recent.lastIndex { $0.sequence <= event.sequence }
        guard place.map({ recent[$0].sequence < event.sequence }) ?? true else { return }
        recent.insert(event, at: place.map { $0 + 1 } ?? recent.startIndex)
        if recent.count > Self.capacity { recent.removeFirst() }
    }

    func answer(after sequence: Int64) -> Answer {
        guard sequence < known else { return .nothingNew }
        var next: [Event] = []
        for event in recent where event.sequence > sequence {
            guard event.sequence - sequence == Int64(next.count) + 1 else { break }
            next.append(event)
        }
        return next.isEmpty ? .stored : .events(next)
    }
}
