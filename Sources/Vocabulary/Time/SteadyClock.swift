/// The wall clock as it stood when this was made, and what a steady clock has counted since. Whatever the wall clock is set to
/// meanwhile, it neither jumps nor runs backwards: media is timed by it.
package struct SteadyClock: WallClock {
    private let start: UTCInstant
    private let began = ContinuousClock.now

    package init(from wall: any WallClock) {
        start = wall.now()
    }

    package func now() -> UTCInstant { start.advanced(by: began.duration(to: .now)) }
}
