import Synchronization
import Testing
import Time

@Suite struct SteadyClockTests {
    private final class SetClock: WallClock {
        let instant = Mutex(UTCInstant(microseconds: 1_623_844_800_000_000))

        func now() -> UTCInstant { instant.withLock { $0 } }
    }

    @Test(arguments: [3600, -3600])
    func `it begins with the wall clock and does not follow when that is set`(seconds: Int) {
        let wall = SetClock()
        let (clock, began) = (SteadyClock(from: wall), wall.now())
        wall.instant.withLock { $0 = $0.advanced(by: .seconds(seconds)) }
        let (first, second) = (clock.now(), clock.now())
        #expect(first >= began && second >= first)
        #expect(second.since(began) < .seconds(60))
    }
}
