/// What one message may make the AMF decoder do. Commands of OBS and ffmpeg hold about 30 values, two deep.
package struct AMFLimits: Hashable, Sendable {
    /// Objects and arrays within one another.
    package var depth = 8
    /// Values in one message, members of objects among them.
    package var values = 1024
    /// UTF-8 bytes of one string or name.
    package var stringLength = 16 << 10

    package init() {}
}

/// Counts values down over one message.
struct AMFBudget {
    let limits: AMFLimits
    private var remaining: Int

    init(_ limits: AMFLimits) {
        self.limits = limits
        remaining = limits.values
    }

    mutating func spend(depth: Int) throws(RTMPError) {
        guard remaining > 0 else { throw RTMPError(.excessive, "More than \(limits.values) AMF values in one message.") }
        guard depth <= limits.depth else { throw RTMPError(.excessive, "AMF objects more than \(limits.depth) deep.") }
        remaining -= 1
    }

    func check(stringLength: Int) throws(RTMPError) {
        guard stringLength <= limits.stringLength else {
            throw RTMPError(.excessive, "An AMF string of \(stringLength) bytes; at most \(limits.stringLength) are taken.")
        }
    }
}
