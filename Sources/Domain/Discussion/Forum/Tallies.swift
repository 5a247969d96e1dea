package import Identifiers
import Synchronization

/// Counts that move too fast for events of their own: who follows a session is told at most once a second which have changed.
///
/// Kept in memory only: whoever begins to follow asks for the whole first. Any thread may call it.
package final class Tallies: Sendable {
    /// Rises with every change.
    package typealias Mark = Int

    package struct Change: Hashable, Sendable {
        package let mark: Mark
        /// By the id of what is counted.
        package let counts: [String: Int]
    }

    private struct Tally {
        let count: Int
        let version: Int
        let mark: Mark
    }

    private struct State {
        var mark: Mark = 0
        var tallies: [SessionID: [String: Tally]] = [:]
        var latest: [SessionID: Mark] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// From here on, what changes is new.
    package var mark: Mark { state.withLock { $0.mark } }

    /// What has changed since `mark`; nil where nothing has.
    package func changes(in session: SessionID, since mark: Mark) -> Change? {
        state.withLock { state in
            guard let latest = state.latest[session], latest > mark else { return nil }
            return Change(
                mark: latest, counts: (state.tallies[session] ?? [:]).filter { $0.value.mark > mark }.mapValues(\.count))
        }
    }

    /// - Parameter version: rises with every change of this count, so that one that comes late does not undo a newer one.
    func set(_ count: Int, version: Int, of id: String, in session: SessionID) {
        state.withLock { state in
            if let known = state.tallies[session]?[id], known.version >= version { return }
            state.mark += 1
            state.tallies[session, default: [:]][id] = Tally(count: count, version: version, mark: state.mark)
            state.latest[session] = state.mark
        }
    }

    func forget(_ id: String, in session: SessionID) {
        state.withLock { $0.tallies[session]?[id] = nil }
    }
}
