import HLS
import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Testing
import Time

@Suite struct `going back behind a restart of the program` {
    /// The number with which the program went on.
    private let restart: Int64 = 1000

    private func chunked(_ seconds: Int, at start: Double = 0, firstSegment: Int64 = 60) throws -> [ChunkerOutput] {
        var camera = Camera()
        camera.seconds = seconds
        return try Transcript(camera, from: start).chunked(firstSegment: firstSegment).outputs
    }

    /// Twenty seconds that were kept, and half a minute that came when the program had been down.
    private func published(
        _ kept: [ChunkerOutput], down: Double = 10, rewind: Duration = .seconds(3600)
    ) throws -> LiveOutput {
        var log = Log()
        log.keep(kept)
        return try published(behind: log, down: down, rewind: rewind)
    }

    private func published(behind log: Log, down: Double, rewind: Duration = .seconds(3600)) throws -> LiveOutput {
        var configuration = LiveOutput.Configuration()
        configuration.rewind = rewind
        let output = LiveOutput(firstSegment: restart, configuration: configuration, clock: ManualClock())
        output.goOn(behind: try #require(log.kept))
        var shelf = Shelf()
        output.keep(on: shelf)
        for made in try chunked(30, at: 20 + down, firstSegment: restart) {
            let chunks = shelf.keep(made)
            output.keep(on: shelf)
            output.publish([made])
            output.note(chunks)
        }
        return output
    }

    private func playlist(_ kind: TrackKind, of output: LiveOutput) async throws -> ReadPlaylist {
        try ReadPlaylist(await output.answer(to: .playlist(kind, BlockingRequest(wait: nil))))
    }

    @Test(arguments: TrackKind.allCases)
    func `HLS-5 what was kept before can be had under the names that it had, and what comes goes on behind it`(
        _ kind: TrackKind
    ) async throws {
        let kept = try chunked(20)
        let output = try published(kept)
        let playlist = try await playlist(kind, of: output)
        var before: [Int64: ByteBuffer] = [:]
        for case .chunk(let chunk) in kept where chunk.kind == kind {
            before[chunk.segment, default: ByteBuffer()].writeImmutableBuffer(chunk.bytes)
        }
        let names = before.keys.sorted().map { Optional("\($0).m4s") }
        #expect(Array(playlist.segments.prefix(names.count).map(\.uri)) == names && names.count > 8)
        for (number, bytes) in before {
            #expect(await output.answer(to: .file(kind, .segment(number))) == .file(bytes))
        }
        for map in Set(playlist.segments.map(\.map)) {
            #expect(await output.answer(to: .file(kind, .initialisation(name: map))) != .notFound)
        }
    }

    @Test func `HLS-4 HLS-14 the numbers of what comes are those it has, with gaps and a discontinuity before`() async throws {
        let output = try published(chunked(20))
        for kind in TrackKind.allCases {
            let playlist = try await playlist(kind, of: output)
            let first = try #require(playlist.segments.first { $0.number == restart })
            #expect(first.uri == "\(restart).m4s")
            let gaps = playlist.segments.filter(\.isGap)
            #expect(gaps.map(\.number) == Array(restart - Int64(gaps.count)..<restart))
            #expect(abs(gaps.map(\.duration).reduce(0, +) - 10) < 0.6)
            let breaks = zip(playlist.segments, playlist.segments.dropFirst()).filter { $0.discontinuity != $1.discontinuity }
            #expect(breaks.map(\.1.number) == [restart])
        }
    }

    @Test func `HLS-13 both tracks count the same breaks, those of before among them`() async throws {
        var camera = Camera()
        camera.seconds = 10
        var transcript = try Transcript(camera)
        transcript.append(.interrupted)
        camera.seconds = 5
        try transcript.append(camera, at: 15)
        let output = try published(transcript.chunked().outputs)
        let (picture, sound) = (try await playlist(.picture, of: output), try await playlist(.sound, of: output))
        let counts = Dictionary(uniqueKeysWithValues: sound.segments.map { ($0.uri, $0.discontinuity) })
        for segment in picture.segments where !segment.isGap && segment.uri != nil {
            #expect(counts[segment.uri] == segment.discontinuity, "\(segment.uri ?? "")")
        }
        #expect(Set(picture.segments.map(\.discontinuity)) == [restart, restart + 1, restart + 2])
    }

    @Test(arguments: TrackKind.allCases, [10, 10.4, 10.8, 11.2, 11.6])
    func `HLS-13 segments of one number are of one time, where the end of one track was torn off before each restart`(
        _ torn: TrackKind, down: Double
    ) async throws {
        var log = Log()
        log.keep(try chunked(20, at: -20 - down)) { $0.kind == torn && $0.segment > 68 }
        log.keep(try chunked(20, firstSegment: 500)) { $0.kind == torn && $0.segment > 507 }
        let output = try published(behind: log, down: down)
        let (picture, sound) = (try await playlist(.picture, of: output), try await playlist(.sound, of: output))
        #expect(picture.mediaSequence == sound.mediaSequence && picture.segments.count == sound.segments.count)
        for (shown, heard) in zip(picture.segments, sound.segments) where !shown.isGap && !heard.isGap {
            #expect(shown.uri == heard.uri)
        }
        #expect(picture.segments.count { !$0.isGap } > 25)
    }

    @Test func `HLS-10 whoever waits for what comes next after the restart is not told of the end only`() async throws {
        let output = try published(chunked(20))
        let stale = LiveQuestion.playlist(.picture, BlockingRequest(wait: .segment(80), allowsDelta: true))
        let whole = try ReadPlaylist(await output.answer(to: stale))
        #expect(whole.skipped == 0 && whole.segments.first?.uri == "60.m4s")
        let last = try #require(whole.segments.last?.number)
        let fresh = LiveQuestion.playlist(.picture, BlockingRequest(wait: .segment(last - 1), allowsDelta: true))
        #expect(try ReadPlaylist(await output.answer(to: fresh)).skipped > 8)
    }

    @Test func `goes back no further than is wanted, and not over a longer time without anything`() async throws {
        let near = try await playlist(.picture, of: published(chunked(20), rewind: .seconds(50)))
        #expect(near.segments.first?.uri != "60.m4s" && near.segments.first.map { $0.number < restart } == true)
        let far = try await playlist(.picture, of: published(chunked(20), down: 100, rewind: .seconds(50)))
        #expect(far.mediaSequence == restart)
    }
}
