import NIOCore

/// Puts requests for a key frame together, and repeats them until one has come.
struct KeyFrameRequests {
    /// One that has just come answers requests that were under way.
    static let pause = TimeAmount.milliseconds(500)

    private var isWanted = false
    private var nextRequest: NIODeadline?
    private var lastKeyFrame: NIODeadline?
    private(set) var count = 0

    /// When to ask; nil where none is wanted.
    var deadline: NIODeadline? { isWanted ? nextRequest : nil }

    mutating func want(at now: NIODeadline) {
        guard !isWanted else { return }
        isWanted = true
        nextRequest = max(now, lastKeyFrame.map { $0 + Self.pause } ?? now, nextRequest ?? now)
    }

    mutating func came(at now: NIODeadline) {
        (isWanted, lastKeyFrame) = (false, now)
    }

    /// Whether to ask now.
    mutating func take(at now: NIODeadline) -> Bool {
        guard let deadline, now >= deadline else { return false }
        nextRequest = now + Self.pause
        count += 1
        return true
    }
}
