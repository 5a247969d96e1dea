import HLS
import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Testing
import Time

@Suite struct `an ended session from its recording` {
    /// Twenty seconds of a desk that comes back after forty more.
    private func interrupted() throws -> [ChunkerOutput] {
        var camera = Camera()
        camera.seconds = 20
        var transcript = try Transcript(camera)
        transcript.append(.interrupted)
        try transcript.append(camera, at: 60)
        return transcript.chunked().outputs
    }

    private func outputs(seconds: Int = 120) throws -> [ChunkerOutput] {
        var camera = Camera()
        camera.seconds = seconds
        return try Transcript(camera).chunked().outputs
    }

    private func replay(_ outputs: [ChunkerOutput], but isMissing: (Chunk) -> Bool = { _ in false }) throws -> Replay {
        var log = Log()
        log.keep(outputs, but: isMissing)
        return try #require(log.kept.map { Replay(of: $0) })
    }

    private func playlist(_ kind: TrackKind, of replay: Replay) async throws -> ReadPlaylist {
        try ReadPlaylist(await replay.answer(to: .playlist(kind, BlockingRequest(wait: nil))))
    }

    @Test(arguments: TrackKind.allCases)
    func `HLS-5 it has the segments that were live, to the byte, under the same names and times`(_ kind: TrackKind) async throws {
        let outputs = try outputs()
        var configuration = LiveOutput.Configuration()
        configuration.segments = 1000
        let live = LiveOutput(firstSegment: 60, configuration: configuration, clock: ManualClock())
        live.publish(outputs)
        live.end()
        let replay = try replay(outputs)
        let was = try ReadPlaylist(await live.answer(to: .playlist(kind, BlockingRequest(wait: nil))))
        let now = try await playlist(kind, of: replay)
        #expect(now.tags["PLAYLIST-TYPE"] == "VOD" && now.isEnded && now.mediaSequence == was.mediaSequence)
        #expect(now.tags["TARGETDURATION"] == was.tags["TARGETDURATION"])
        #expect(now.tags["PART-INF"] == nil && now.tags["SERVER-CONTROL"] == nil)
        #expect(now.segments.map(\.uri) == was.segments.map(\.uri) && now.segments.count > 50)
        #expect(now.segments.map(\.map) == was.segments.map(\.map))
        #expect(now.segments.map(\.date) == was.segments.map(\.date))
        #expect(zip(now.segments, was.segments).allSatisfy { abs($0.duration - $1.duration) < 0.001 })
        for segment in now.segments {
            let question = LiveQuestion.file(kind, .segment(segment.number))
            #expect(await replay.answer(to: question) == (await live.answer(to: question)))
        }
        let map = LiveQuestion.file(kind, .initialisation(name: now.segments[0].map))
        #expect(await replay.answer(to: map) == (await live.answer(to: map)))
        #expect(await replay.answer(to: .file(kind, .segment(59))) == .notFound)
    }

    @Test func `HLS-14 what was not kept are gaps, and what comes behind them is a discontinuity`() async throws {
        let replay = try replay(outputs(), but: { (70..<75).contains($0.segment) })
        let playlist = try await playlist(.picture, of: replay)
        #expect(playlist.segments.filter(\.isGap).map(\.number) == Array(70..<75))
        #expect(playlist.segments.map(\.number) == Array(60..<60 + Int64(playlist.segments.count)))
        let breaks = zip(playlist.segments, playlist.segments.dropFirst()).filter { $0.discontinuity != $1.discontinuity }
        #expect(breaks.map(\.1.number) == [75])
        #expect(playlist.segments.allSatisfy { $0.duration <= 4.5 })
        #expect(await replay.answer(to: .file(.picture, .segment(72))) == .notFound)
    }

    @Test func `HLS-13 both tracks count the same breaks, also where only one has lost something`() async throws {
        let replay = try replay(outputs(), but: { $0.kind == .sound && (70..<72).contains($0.segment) })
        let (picture, sound) = (try await playlist(.picture, of: replay), try await playlist(.sound, of: replay))
        #expect(sound.segments.filter(\.isGap).map(\.number) == [70, 71])
        #expect(picture.segments.allSatisfy { !$0.isGap })
        let counts = Dictionary(uniqueKeysWithValues: sound.segments.map { ($0.number, $0.discontinuity) })
        for segment in picture.segments { #expect(counts[segment.number].map { $0 == segment.discontinuity } ?? true) }
        #expect(picture.segments.last?.discontinuity == 1)
    }

    @Test func `HLS-14 where the desk was away nothing is missing but time`() async throws {
        let playlist = try await playlist(.picture, of: try replay(interrupted()))
        #expect(playlist.segments.map(\.discontinuity).last == 1)
        let media = playlist.segments.filter { !$0.isGap }.map(\.duration).reduce(0, +)
        #expect(media > 39 && media < 41)
    }

    @Test func `HLS-4 numbers that jump behind a restart make no more gaps than there was time for`() async throws {
        var log = Log()
        log.keep(try outputs(seconds: 20))
        var camera = Camera()
        camera.seconds = 20
        log.keep(try Transcript(camera, from: 40).chunked(firstSegment: 100_000).outputs)
        let playlist = try await playlist(.picture, of: try #require(log.kept.map { Replay(of: $0) }))
        let gaps = playlist.segments.filter(\.isGap)
        #expect((1...6).contains(gaps.count))
        #expect(playlist.segments.last.map { $0.uri?.hasPrefix("1000") ?? false } == true)
        #expect(playlist.segments.map(\.discontinuity).last == 1)
    }

    @Test func `HLS-17 the tracks are named with what players want to know of them`() async throws {
        let replay = try replay(outputs())
        guard case .playlist(let rendered) = await replay.answer(to: .multivariant) else {
            return #expect(Bool(false), "there is a multivariant playlist")
        }
        let text = String(buffer: rendered.plain)
        #expect(text.contains("FRAME-RATE=30.000"))
        #expect(text.contains("RESOLUTION=") && text.contains("avc1.") && text.contains("mp4a.40.2"))
        #expect(text.contains("URI=\"sound/index.m3u8\"") && text.hasSuffix("\npicture/index.m3u8\n"))
    }

    @Test func `of recordings that kept nothing there is no playlist`() {
        #expect(KeptMedia([]) == nil)
        #expect(Log().kept == nil)
    }
}
