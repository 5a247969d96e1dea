import Synchronization
import Time

/// A wall clock that a test sets.
final class TestClock: WallClock {
    /// 2021-06-16T12:00:00Z
    static let noon = UTCInstant(microseconds: 1_623_844_800_000_000)

    private let instant = Mutex(TestClock.noon)

    func now() -> UTCInstant { instant.withLock { $0 } }

    func advance(by duration: Duration) {
        instant.withLock { $0 = $0.advanced(by: duration) }
    }
}
