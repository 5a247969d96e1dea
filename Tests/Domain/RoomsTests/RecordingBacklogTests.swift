import Media
import NIOCore
import Testing
import Time

@testable import Rooms

@Suite struct RecordingBacklogTests {
    private func chunk(_ number: Int64, key: Bool = true, bytes: Int = 10) -> ChunkerOutput {
        .chunk(
            Chunk(
                kind: .picture, stretch: 0, segment: number, part: 0,
                decodeTime: MediaTime(ticks: number * 90_000, timescale: 90_000),
                duration: MediaTime(ticks: 90_000, timescale: 90_000), isIndependent: key, isDiscontinuous: false,
                instant: UTCInstant(microseconds: 0), bytes: ByteBuffer(repeating: 0, count: bytes)))
    }

    private func initialisation(_ stretch: Int) -> ChunkerOutput {
        let format = PictureFormat(
            codec: .h264, codecs: "avc1.64001f", width: 160, height: 90, configuration: [1], reorders: false)
        return .initialisation(
            Initialisation(format: .picture(format), stretch: stretch, bytes: ByteBuffer(repeating: 0, count: 100)))
    }

    @Test func `what waits for the recording is kept in order`() {
        var backlog = RecordingBacklog()
        let outputs = [initialisation(0), chunk(1), chunk(2, key: false)]
        for output in outputs { backlog.append(output) }
        #expect(backlog.outputs == outputs)
    }

    @Test func `beyond the bound it begins again with the newest initialisation section and a key frame`() {
        var backlog = RecordingBacklog()
        for output in [initialisation(0), chunk(1), initialisation(1)] { backlog.append(output) }
        backlog.append(chunk(2, bytes: RecordingBacklog.capacity))
        #expect(backlog.outputs == [initialisation(1)])
        for output in [chunk(3, key: false), chunk(4), chunk(5, key: false)] { backlog.append(output) }
        #expect(backlog.outputs == [initialisation(1), chunk(4), chunk(5, key: false)])
    }
}
