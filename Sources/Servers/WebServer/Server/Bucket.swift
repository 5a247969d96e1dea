import NIOCore

/// Holds as many requests as may come now, and is the fuller the longer none has come.
struct Bucket {
    private(set) var left: Double
    private(set) var at: NIODeadline

    /// - Parameters:
    ///   - rate: what comes back in a second.
    ///   - most: what it holds.
    /// - Returns: false where it is empty.
    mutating func take(_ now: NIODeadline, rate: Double, most: Double) -> Bool {
        left = min(most, left + rate * Double((now - at).nanoseconds) / 1e9)
        at = now
        guard left >= 1 else { return false }
        left -= 1
        return true
    }
}
