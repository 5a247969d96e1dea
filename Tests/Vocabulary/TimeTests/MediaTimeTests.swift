import Testing
import Time

@Suite struct MediaTimeTests {
    @Test(
        arguments: [
            (90_000, 90_000, 1000, 1000), (1, 90_000, 1000, 0), (45, 90_000, 1000, 1), (44, 90_000, 1000, 0),
            (-45, 90_000, 1000, -1), (1024, 48_000, 90_000, 1920), (3, 3, 7, 7), (0, 1, Int32.max, 0),
        ] as [(Int64, Int32, Int32, Int64)])
    func `a moment is rounded to the nearest tick of another timescale`(
        ticks: Int64, timescale: Int32, other: Int32, expected: Int64
    ) {
        #expect(MediaTime(ticks: ticks, timescale: timescale).rescaled(to: other) == MediaTime(ticks: expected, timescale: other))
    }

    @Test func `there and back between sound and picture is the same within a tick`() {
        for ticks in stride(from: Int64(0), to: 10_000_000, by: 99_991) {
            let sound = MediaTime(ticks: ticks, timescale: 44_100)
            #expect(sound.rescaled(to: 90_000).rescaled(to: 44_100) == sound)
        }
    }

    @Test func `extremes saturate instead of trapping`() {
        let last = MediaTime(ticks: .max, timescale: 1)
        let first = MediaTime(ticks: .min, timescale: 1)
        #expect(last.rescaled(to: .max).ticks == .max)
        #expect(first.rescaled(to: .max).ticks == .min)
        #expect((last + last).ticks == .max)
        #expect((first + first).ticks == .min)
        #expect((first - last).ticks == .min)
        #expect((last - first).ticks == .max)
        #expect(first < last)
    }

    @Test func `moments compare exactly, whatever their timescales`() {
        #expect(MediaTime(ticks: 1, timescale: 3) < MediaTime(ticks: 33_334, timescale: 100_000))
        #expect(MediaTime(ticks: 33_333, timescale: 100_000) < MediaTime(ticks: 1, timescale: 3))
        #expect(!(MediaTime(ticks: 90_000, timescale: 90_000) < MediaTime(ticks: 1, timescale: 1)))
    }

    @Test func `sums stand in the left one's timescale`() {
        let sum = MediaTime(ticks: 90_000, timescale: 90_000) + MediaTime(ticks: 500, timescale: 1000)
        #expect(sum == MediaTime(ticks: 135_000, timescale: 90_000))
        #expect(sum.duration == .milliseconds(1500))
        #expect(MediaTime(.milliseconds(20), timescale: 48_000) == MediaTime(ticks: 960, timescale: 48_000))
    }
}
