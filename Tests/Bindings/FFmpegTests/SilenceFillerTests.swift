import Testing

@testable import FFmpeg

@Suite struct SilenceFillerTests {
    /// The times of the silent frames that come before each of the frames at these times; all of them last 1024 ticks.
    private func silence(before times: [Int64]) -> [[Int64]] {
        var filler = SilenceFiller(length: 1024, timescale: 48_000)
        return times.map { time in
            filler.expect(time)
            var silent: [Int64] = []
            while let next = filler.next {
                silent.append(next)
                filler.fill()
            }
            filler.pass(time)
            return silent
        }
    }

    @Test func `frames that follow each other get none`() {
        #expect(silence(before: [500, 1524, 2548]) == [[], [], []])
    }

    @Test func `a hole is filled from its beginning, each frame before the next`() {
        #expect(silence(before: [0, 1024 * 4]) == [[], [1024, 2048, 3072]])
        #expect(silence(before: [0, 1024 * 3 + 1023]) == [[], [1024, 2048]])
    }

    @Test func `what is left of holes adds up to a frame`() {
        #expect(silence(before: [0, 1524, 3048, 4572]) == [[], [], [], [4072]])
    }

    @Test func `frames that overlap are made good for by the next hole`() {
        #expect(silence(before: [0, 1000, 3072]) == [[], [], [2024]])
        #expect(silence(before: [0, 1000, 3071]) == [[], [], []])
    }

    @Test func `a hole longer than any session stays one, and so does what no clock counts`() {
        #expect(silence(before: [0, 48_000 * 86_400 * 4]) == [[], []])
        #expect(silence(before: [.min, .max, .min]) == [[], [], []])
    }
}
