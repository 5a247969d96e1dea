import FFmpeg
import Files
import Media
import MediaFixtures
import Packaging
import Streams
import Testing
import Time

@testable import Recording

/// What the chunker makes of a desk's camera, recorded.
@Suite struct RecordedFeedTests {
    let test = TestRecording()

    /// The feed's events, and the instant at which each camera begins.
    private func events(_ cameras: [(Camera, at: Double)]) throws -> [FeedEvent] {
        var events: [FeedEvent] = []
        for (camera, start) in cameras {
            let beginning = TestRecording.sessionOrigin.advanced(by: .seconds(start))
            events += try camera.record().map { item in
                switch item {
                case .format(let format): .format(format)
                case .frame(let frame): .frame(frame.shifted(by: .microseconds(beginning.microseconds)))
                }
            }
            events.append(.interrupted)
        }
        return events
    }

    private func record(_ writer: RecordingWriter, _ cameras: [(Camera, at: Double)]) throws {
        var chunker = FeedChunker(origin: TestRecording.sessionOrigin, firstSegment: 0, configuration: .init())
        for event in try events(cameras) { writer.append(chunker.consume(event)) }
    }

    private func frames(of name: String, in other: TestRecording? = nil) throws -> [Int64] {
        try MediaProbe((other ?? test).folder.path.appending(name).text).tracks.map(\.frames)
    }

    @Test func `a desk that drops and returns is one file in which every frame decodes`() async throws {
        var camera = Camera()
        camera.reordering = 2
        let writer = try test.create()
        try record(writer, [(camera, at: 5), (camera, at: 21)])
        try await writer.finish(.over)
        #expect(writer.state.leftOut == 0)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.products.map(\.file) == ["recording.mp4"])
        #expect(abs(finished.duration.inSeconds - 22) < 0.2)
        #expect(test.complaints(about: "recording.mp4") == "")
        #expect(try frames(of: "recording.mp4").first == 360)
        #expect(try test.folder.manifest().tracks.flatMap(\.gaps).map(\.cause) == [.source, .source])
    }

    @Test func `a desk that returns with another picture makes a second file`() async throws {
        var large = Camera()
        (large.width, large.height) = (320, 180)
        let writer = try test.create()
        try record(writer, [(Camera(), at: 5), (large, at: 21)])
        try await writer.finish(.over)
        #expect(writer.state.leftOut == 0)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.products.map(\.file) == ["recording-1.mp4", "recording-2.mp4"])
        for product in finished.products {
            #expect(test.complaints(about: product.file) == "")
            #expect(try frames(of: product.file).first == 180)
        }
    }

    @Test func `a program that was killed goes on with its files`() async throws {
        let killed = try test.create()
        try record(killed, [(Camera(), at: 5)])
        try await killed.settle()
        let left = try test.copy()
        let (writer, report) = try left.resume()
        #expect(report.wasInterrupted)
        try record(writer, [(Camera(), at: 21)])
        try await writer.finish(.over)
        #expect(writer.state.leftOut == 0)
        let finished = try await left.folder.finish(at: left.clock.now())
        #expect(finished.products.map(\.file) == ["recording.mp4"])
        #expect(try frames(of: "recording.mp4", in: left).first == 360)
        #expect(left.complaints(about: "recording.mp4") == "")
        #expect(try await left.folder.verify(checksums: finished.checksums).faults == [])
    }
}

extension MediaFrame {
    /// The same frame later, on a line that counts as its own does.
    fileprivate func shifted(by duration: Duration) -> MediaFrame {
        MediaFrame(
            kind: kind, decodeTime: decodeTime + MediaTime(duration, timescale: decodeTime.timescale),
            presentationOffset: presentationOffset, isKey: isKey, payload: payload, receivedAt: receivedAt)
    }
}
