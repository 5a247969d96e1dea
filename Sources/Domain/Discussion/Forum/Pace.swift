import Identifiers
import Time

/// How fast things may be said in one session: by each participant, so that nobody floods the others, and by all together, so that
/// the others can still read.
struct Pace {
    /// So many at once, and then one after each `interval`.
    struct Rate: Hashable, Sendable {
        let burst: Int
        let interval: Duration
    }

    /// How much of a rate has been used up. It is paid back as time passes.
    private struct Debt {
        var owed: Duration = .zero
        var since: UTCInstant

        /// A clock that is set back pays nothing back, and is believed from then on.
        mutating func pass(until now: UTCInstant) {
            owed = max(.zero, owed - max(.zero, now.since(since)))
            since = now
        }

        /// How long until one more may come; zero or less for now.
        func wait(_ rate: Rate) -> Duration { owed + rate.interval - rate.interval * rate.burst }
    }

    private let each: Rate
    private let all: Rate
    private var debts: [ParticipantID: Debt] = [:]
    private var common: Debt

    init(each: Rate, all: Rate, now: UTCInstant) {
        self.each = each
        self.all = all
        common = Debt(since: now)
    }

    /// Counts one more by this participant.
    ///
    /// - Returns: how long to wait where it is one too many, which is not counted; nil where it is not.
    mutating func take(_ participant: ParticipantID, now: UTCInstant) -> Duration? {
        var own = debts[participant] ?? Debt(since: now)
        defer { debts[participant] = own }
        own.pass(until: now)
        common.pass(until: now)
        let wait = max(own.wait(each), common.wait(all))
        guard wait <= .zero else { return wait }
        own.owed += each.interval
        common.owed += all.interval
        return nil
    }
}
