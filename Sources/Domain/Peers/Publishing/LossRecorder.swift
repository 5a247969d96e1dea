import NIOCore

/// Notes which packets of a stream are missing, and says when to ask for which of them again (RFC 4585 §6.2.1).
struct LossRecorder {
    /// Packets that may be missing at one time; beyond that only a key frame helps.
    static let capacity = 256
    /// A packet is asked for this often at the most.
    static let maximumAttempts = 8
    /// Packets overtake each other: nothing is asked for sooner.
    static let reordering = TimeAmount.milliseconds(10)
    static let shortestPause = TimeAmount.milliseconds(30)

    private struct Missing {
        var attempts = 0
        var askedAt: NIODeadline?
        var next: NIODeadline
    }

    private let isActive: Bool
    private var highest: Int64?
    private var missing: [Int64: Missing] = [:]
    /// How long a repair takes, smoothed.
    private(set) var roundTrip: TimeAmount?

    init(isActive: Bool) {
        self.isActive = isActive
    }

    var deadline: NIODeadline? { missing.values.lazy.map(\.next).min() }

    /// - Returns: whether the packet had been asked for.
    mutating func arrived(_ number: Int64, at now: NIODeadline) -> Bool {
        guard isActive else { return false }
        let highest = self.highest ?? number
        self.highest = max(highest, number)
        guard number > highest else { return found(number, at: now) }
        guard number - highest <= Self.capacity else {
            missing.removeAll()
            return false
        }
        for number in (highest + 1)..<number { missing[number] = Missing(next: now + Self.reordering) }
        if missing.count > Self.capacity { missing.removeAll() }
        return false
    }

    private mutating func found(_ number: Int64, at now: NIODeadline) -> Bool {
        guard let entry = missing.removeValue(forKey: number), let askedAt = entry.askedAt else { return false }
        if entry.attempts == 1 {
            let way = (now - askedAt).nanoseconds
            roundTrip = .nanoseconds(roundTrip.map { $0.nanoseconds + (way - $0.nanoseconds) / 8 } ?? way)
        }
        return true
    }

    /// What is to be asked for now, in order.
    mutating func due(at now: NIODeadline) -> [UInt16] {
        let due = missing.filter { $0.value.next <= now }.keys.sorted()
        let pause = max(Self.shortestPause.nanoseconds, (roundTrip?.nanoseconds ?? 0) * 3 / 2)
        for number in due {
            guard var entry = missing[number] else { continue }
            entry.attempts += 1
            (entry.askedAt, entry.next) = (now, now + .nanoseconds(pause))
            missing[number] = entry.attempts < Self.maximumAttempts ? entry : nil
        }
        return due.map { UInt16(truncatingIfNeeded: $0) }
    }
}
