package import NIOCore

/// Counts what a peer does in windows of equal length.
package struct RateWindow: Sendable {
    private let limit: Int
    private let window: TimeAmount
    private var count = 0
    private var end: NIODeadline

    package init(limit: Int, per window: TimeAmount, from now: NIODeadline) {
        self.limit = limit
        self.window = window
        end = now + window
    }

    /// Counts one; false where the window's limit is passed.
    package mutating func admit(at now: NIODeadline) -> Bool {
        if now >= end {
            end = now + window
            count = 0
        }
        guard count < limit else { return false }
        count += 1
        return true
    }
}
