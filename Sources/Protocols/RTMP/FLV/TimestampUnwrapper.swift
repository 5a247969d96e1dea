/// Makes a line without end of 32-bit milliseconds, which wrap after 49.7 days: each timestamp is taken as the nearest to the
/// one before it, so that small steps back stay small.
package struct TimestampUnwrapper: Sendable {
    private var last: Int64?

    package init() {}

    package mutating func unwrap(_ timestamp: UInt32) -> Int64 {
        guard let last else {
            self.last = Int64(timestamp)
            return Int64(timestamp)
        }
        let step = Int32(bitPattern: timestamp &- UInt32(truncatingIfNeeded: last))
        let next = last &+ Int64(step)
        self.last = next
        return next
    }
}
