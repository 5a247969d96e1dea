import Media
import NIOCore
import Testing
import Time

@testable import Rooms

@Suite struct RecordingPausesTests {
    private func at(_ seconds: Double) -> UTCInstant { House.noon.advanced(by: .seconds(seconds)) }

    /// Of half a second.
    private func chunk(_ seconds: Double) -> Chunk {
        Chunk(
            kind: .picture, stretch: 0, segment: 1, part: 0, decodeTime: MediaTime(ticks: 0, timescale: 90_000),
            duration: MediaTime(ticks: 45_000, timescale: 90_000), isIndependent: true, isDiscontinuous: false,
            instant: at(seconds), bytes: ByteBuffer())
    }

    @Test func `a chunk of which anything is of the pause is covered, whenever it comes`() {
        var pauses = RecordingPauses()
        #expect(!pauses.cover(chunk(9)))
        pauses.begin(at: at(10))
        #expect(pauses.cover(chunk(9.6)) && pauses.cover(chunk(12)))
        #expect(!pauses.cover(chunk(9.5)), "what was said before is kept, though it comes later")
        pauses.end(at: at(20))
        #expect(pauses.cover(chunk(19.9)))
        #expect(!pauses.cover(chunk(20)))
    }

    @Test func `a pause that an earlier run of the program left covers everything until it is over`() {
        var pauses = RecordingPauses(since: UTCInstant(microseconds: .min))
        #expect(pauses.isPaused && pauses.cover(chunk(-100)))
        pauses.end(at: at(0))
        #expect(!pauses.isPaused && !pauses.cover(chunk(0)))
    }
}
