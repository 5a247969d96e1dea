import Identifiers
import Packaging

/// The replays of ended sessions that somebody watches: each is read from the disk once for everybody, and again now and then.
actor ReplayLibrary {
    private struct Loan {
        let replay: Task<Replay?, Never>
        let since: ContinuousClock.Instant
    }

    /// Some thousand lines of a playlist each.
    private static let most = 16
    private static let lifetime: Duration = .seconds(600)

    private var loans: [SessionID: Loan] = [:]

    func replay(of session: SessionID, read: @escaping @Sendable () async -> Replay?) async -> Replay? {
        let now = ContinuousClock.now
        loans = loans.filter { $0.value.since.duration(to: now) < Self.lifetime }
        if let known = loans[session] { return await known.replay.value }
        if loans.count >= Self.most, let oldest = loans.min(by: { $0.value.since < $1.value.since }) { loans[oldest.key] = nil }
        // Whoever asked first may go away: the others still wait for it. It ends with the last index that it reads.
        let loan = Loan(replay: Task { await read() }, since: now)
        loans[session] = loan
        let replay = await loan.replay.value
        if replay == nil, loans[session]?.since == now { loans[session] = nil }
        return replay
    }

    /// What was read of it no longer holds.
    func forget(_ session: SessionID) {
        loans[session] = nil
    }
}
