import FoundationEssentials

/// Where the present instant comes from. Whoever needs it is given one, so that a test can say what time it is.
package protocol WallClock: Sendable {
    func now() -> UTCInstant
}

/// The machine's own clock.
package struct SystemWallClock: WallClock {
    package init() {}

    package func now() -> UTCInstant { UTCInstant(Date()) }
}
