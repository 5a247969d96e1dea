import Access
import Synchronization
import Time

/// Who was recognised a moment ago by which secret, so that a page's many requests read the database once.
///
/// Bounded in time and number. What is revoked here is forgotten at once, also by a look-up that is under way.
final class SubjectMemory: Sendable {
    private struct Entry {
        let subject: Subject
        let since: UTCInstant
        let expiresAt: UTCInstant?
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// Rises whenever something is forgotten.
        var generation: UInt64 = 0
    }

    private let lifetime: Duration
    private let capacity: Int
    private let state = Mutex(State())

    init(lifetime: Duration, capacity: Int) {
        self.lifetime = lifetime
        self.capacity = capacity
    }

    /// To be read before the look-up, and given to `remember` after it.
    var generation: UInt64 { state.withLock { $0.generation } }

    /// Nil where the secret of this digest is not remembered.
    func recall(_ digest: String, now: UTCInstant) -> Subject? {
        guard let entry = state.withLock({ $0.entries[digest] }), isFresh(entry, now) else { return nil }
        return entry.subject
    }

    /// Nothing is remembered where something was forgotten since `generation`.
    func remember(_ subject: Subject, digest: String, until expiresAt: UTCInstant?, now: UTCInstant, generation: UInt64) {
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.entries.count >= capacity { state.entries = state.entries.filter { isFresh($0.value, now) } }
            if state.entries.count >= capacity { state.entries = [:] }
            state.entries[digest] = Entry(subject: subject, since: now, expiresAt: expiresAt)
        }
    }

    func forget(where isGone: (Subject) -> Bool) {
        state.withLock { state in
            state.generation &+= 1
            state.entries = state.entries.filter { !isGone($0.value.subject) }
        }
    }

    func forget(_ digest: String) {
        state.withLock { state in
            state.generation &+= 1
            state.entries.removeValue(forKey: digest)
        }
    }

    /// An entry from the future is none: the clock was set back.
    private func isFresh(_ entry: Entry, _ now: UTCInstant) -> Bool {
        let age = now.since(entry.since)
        return age >= .zero && age < lifetime && entry.expiresAt.map { now < $0 } ?? true
    }
}
