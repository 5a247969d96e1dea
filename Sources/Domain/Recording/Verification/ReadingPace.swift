import Dispatch

/// Keeps somebody who reads from the disk for long to so many bytes a second, by letting the thread rest. What was not read for a
/// while is not made up for.
final class ReadingPace {
    private let rate: Double
    /// When what was read so far may have been read, in nanoseconds of the monotonic clock.
    private var due = DispatchTime.now().uptimeNanoseconds
    /// Nobody signals it: waiting for it is a rest.
    private let rest = DispatchSemaphore(value: 0)

    /// - Parameter rate: bytes a second, more than 0.
    init(rate: Int) {
        self.rate = Double(max(1, rate))
    }

    /// So many bytes have been read.
    func spend(_ bytes: Int) {
        due = max(due, DispatchTime.now().uptimeNanoseconds) + UInt64(Double(bytes) / rate * 1e9)
        _ = rest.wait(timeout: DispatchTime(uptimeNanoseconds: due))
    }
}
