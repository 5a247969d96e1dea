import Media
import Testing
import Time

@testable import Streams

@Suite struct FeedTimelineTests {
    /// Milliseconds after `start` at which a frame is placed, and whether it continues.
    private func place(
        _ timeline: inout FeedTimeline, _ milliseconds: Int64, arrival: Int64, kind: TrackKind = .picture
    ) -> (Int64, Bool) {
        let placement = timeline.place(
            kind, at: MediaTime(ticks: milliseconds, timescale: 1000), arrival: start.advanced(by: .milliseconds(arrival)),
            timescale: kind == .picture ? 90_000 : 48_000)
        return ((placement.decodeTime.duration.microseconds - start.microseconds) / 1000, placement.isContinuous)
    }

    @Test func `the first frame stands at its arrival, whatever its own time`() {
        for own in [0, 1, 86_400_000, -5, Int64(UInt32.max)] {
            var timeline = FeedTimeline()
            #expect(place(&timeline, own, arrival: 0) == (0, true))
        }
    }

    @Test func `the network's jitter never reaches the line`() {
        var timeline = FeedTimeline()
        let late: [Int64] = [0, 90, 91, 300, 301, 210]
        for (index, delay) in late.enumerated() {
            let own = Int64(index) * 40
            #expect(place(&timeline, own, arrival: own + delay) == (own, true))
        }
    }

    @Test func `both tracks stand on one line`() {
        var timeline = FeedTimeline()
        #expect(place(&timeline, 1000, arrival: 0) == (0, true))
        #expect(place(&timeline, 1020, arrival: 500, kind: .sound) == (20, true))
    }

    @Test func `timestamps that jump ahead are anchored anew at their arrival`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 0)
        #expect(place(&timeline, 3_600_000, arrival: 40) == (40, false))
        #expect(place(&timeline, 3_600_040, arrival: 80) == (80, true))
    }

    @Test func `timestamps that start again from zero are anchored anew, never before what there is`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 100_000, arrival: 0)
        _ = place(&timeline, 105_000, arrival: 5000)
        let (placed, isContinuous) = place(&timeline, 0, arrival: 5040)
        #expect(placed == 5040)
        #expect(!isContinuous)
    }

    @Test func `a small step back keeps the order and breaks nothing`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 1000, arrival: 0)
        let (placed, isContinuous) = place(&timeline, 960, arrival: 40)
        #expect(placed == 0)
        #expect(isContinuous)
    }

    @Test func `time never runs backwards on a track, whatever comes`() {
        var timeline = FeedTimeline()
        var generator = Seeded(state: 42)
        var last = Int64.min
        for step in 0..<5000 {
            let own = Int64.random(in: -20_000...20_000, using: &generator)
            let arrival = start.advanced(by: .milliseconds(step))
            let placed = timeline.place(
                .picture, at: MediaTime(ticks: own, timescale: 1000), arrival: arrival, timescale: 90_000)
            #expect(placed.decodeTime.ticks > last)
            last = placed.decodeTime.ticks
            if step.isMultiple(of: 97) { timeline.interrupt() }
        }
    }

    @Test func `a publisher who comes back is anchored at the return, and the gap is told`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 0)
        timeline.interrupt()
        #expect(place(&timeline, 0, arrival: 10_000) == (10_000, false))
    }

    @Test func `a wall clock that is set back does not turn the line back`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 60_000)
        timeline.interrupt()
        let (placed, isContinuous) = place(&timeline, 0, arrival: 0)
        #expect(placed == 60_000)
        #expect(!isContinuous)
    }

    @Test(arguments: [-3_600_000, 3_600_000])
    func `a wall clock that is set in mid-publication breaks the line once`(step: Int64) {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 0)
        let first = place(&timeline, 40, arrival: 40 + step)
        #expect(first == (max(0, 40 + step), false))
        for later in stride(from: Int64(80), to: 20_000, by: 40) {
            #expect(place(&timeline, later, arrival: later + step) == (first.0 + later - 40, true))
        }
    }

    @Test func `both tracks jump together, which is told once`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 0)
        _ = place(&timeline, 10, arrival: 10, kind: .sound)
        #expect(place(&timeline, 7_200_000, arrival: 40) == (40, false))
        #expect(place(&timeline, 7_200_010, arrival: 60, kind: .sound) == (50, true))
        #expect(place(&timeline, 7_200_040, arrival: 80) == (80, true))
    }

    @Test func `a track whose timestamps jump alone breaks the line once`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 0)
        _ = place(&timeline, 10, arrival: 10, kind: .sound)
        #expect(place(&timeline, 500_000, arrival: 31, kind: .sound) == (31, false))
        for step in Int64(1)...500 {
            #expect(place(&timeline, 40 * step, arrival: 40 * step) == (40 * step, true))
            #expect(place(&timeline, 500_000 + 40 * step, arrival: 40 * step, kind: .sound) == (31 + 40 * step, true))
        }
    }

    @Test func `tracks that begin far apart are each taken from their arrival`() {
        var timeline = FeedTimeline()
        #expect(place(&timeline, 86_400_000, arrival: 0) == (0, true))
        #expect(place(&timeline, 0, arrival: 20, kind: .sound) == (20, true))
        #expect(place(&timeline, 86_400_040, arrival: 40) == (40, true))
        #expect(place(&timeline, 21, arrival: 41, kind: .sound) == (41, true))
    }

    @Test func `where a timestamp stands still the arrival counts, a little late and without a break`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 5000, arrival: 0)
        for step in Int64(10)...1000 {
            #expect(place(&timeline, 5000, arrival: 40 * step) == (40 * step - 200, true))
        }
        let (placed, isContinuous) = place(&timeline, 5040, arrival: 40_040)
        #expect(placed == 40_040 && !isContinuous, "it moves again, far behind the line")
    }

    @Test func `a timestamp that stood still may catch up`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 0)
        _ = place(&timeline, 0, arrival: 3000)
        #expect(place(&timeline, 3040, arrival: 3040) == (3040, true))
    }

    @Test func `messages of one picture, which have its timestamp, stay together`() {
        var timeline = FeedTimeline()
        let first = timeline.place(.picture, at: MediaTime(ticks: 40, timescale: 1000), arrival: start, timescale: 90_000)
        let second = timeline.place(
            .picture, at: MediaTime(ticks: 40, timescale: 1000), arrival: start.advanced(by: .milliseconds(30)), timescale: 90_000
        )
        #expect(second.isContinuous && second.decodeTime.ticks == first.decodeTime.ticks + 1)
    }

    @Test func `a wall clock that is set while a timestamp stands still breaks the line once`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 0)
        #expect(place(&timeline, 0, arrival: 3_600_000) == (3_600_000, false))
        #expect(place(&timeline, 0, arrival: 3_601_000) == (3_600_800, true))
    }

    @Test func `timestamps that go on after they have wrapped at 31 bits are anchored anew, as ffmpeg writes them`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0x7FFF_FFF0, arrival: 0)
        #expect(place(&timeline, 8, arrival: 24) == (24, false))
        #expect(place(&timeline, 48, arrival: 64) == (64, true))
    }

    @Test func `a step ahead within the tolerance leaves a hole, and the line runs ahead of the clock`() {
        var timeline = FeedTimeline()
        _ = place(&timeline, 0, arrival: 0)
        #expect(place(&timeline, 5000, arrival: 40) == (5000, true))
        #expect(place(&timeline, 5040, arrival: 80) == (5040, true))
    }

    @Test(arguments: [Int64.min, .max])
    func `no timestamp traps`(ticks: Int64) {
        var timeline = FeedTimeline()
        _ = timeline.place(.picture, at: MediaTime(ticks: ticks, timescale: 1), arrival: start, timescale: 90_000)
        _ = timeline.place(.picture, at: MediaTime(ticks: 0, timescale: 1000), arrival: start, timescale: 90_000)
        _ = timeline.place(.sound, at: MediaTime(ticks: ticks, timescale: 1000), arrival: start, timescale: 48_000)
        let extreme = UTCInstant(microseconds: ticks)
        _ = timeline.place(.sound, at: MediaTime(ticks: 0, timescale: 1000), arrival: extreme, timescale: 48_000)
        _ = timeline.place(.picture, at: MediaTime(ticks: ticks, timescale: 1), arrival: extreme, timescale: 90_000)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
