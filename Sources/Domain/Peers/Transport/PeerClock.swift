package import NIOCore
package import Time

/// Tells the instant on the wall clock at each moment that a machine is given.
package struct PeerClock: Sendable {
    private let moment: NIODeadline
    private let instant: UTCInstant

    /// - Parameters:
    ///   - moment: now.
    ///   - instant: now, by the clock that times what arrives.
    package init(_ moment: NIODeadline, is instant: UTCInstant) {
        self.moment = moment
        self.instant = instant
    }

    func instant(at now: NIODeadline) -> UTCInstant {
        instant.advanced(by: .nanoseconds((now - moment).nanoseconds))
    }
}
