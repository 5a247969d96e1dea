/// Makes a line without end of a counter that wraps: each value is taken as the nearest to the one before it, so that small
/// steps back stay small. For sequence numbers (16 bits) and timestamps (32 bits).
package struct Unwrapper<Counter: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    private var last: Int64?

    package init() {}

    package mutating func unwrap(_ value: Counter) -> Int64 {
        guard let last else {
            self.last = Int64(truncatingIfNeeded: value)
            return Int64(truncatingIfNeeded: value)
        }
        let next = last &+ Self.distance(from: Counter(truncatingIfNeeded: last), to: value)
        self.last = next
        return next
    }

    /// How far it is the short way, negative backwards.
    package static func distance(from first: Counter, to second: Counter) -> Int64 {
        let steps = second &- first
        let isBackwards = steps > Counter.max / 2
        return isBackwards ? -Int64(truncatingIfNeeded: first &- second) : Int64(truncatingIfNeeded: steps)
    }
}
