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
