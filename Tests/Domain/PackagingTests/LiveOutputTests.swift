import HLS
import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Testing
import Time

@Suite struct `the live output of a session` {
    private let clock = ManualClock()

    @Test func `HLS-2 HLS-4 only adds at the end and takes away at the beginning`() async throws {
        let output = LiveOutput(firstSegment: 60, configuration: .init(), clock: clock)
        var before: [TrackKind: ReadPlaylist] = [:]
        for made in try longTranscript().chunked().outputs {
            output.publish([made])
            for kind in TrackKind.allCases {
                guard let now = try? await playlist(kind, of: output) else { continue }
                if let earlier = before[kind] { check(now, follows: earlier) }
                before[kind] = now
            }
        }
        #expect(before.values.allSatisfy { $0.mediaSequence > 60 && $0.segments.count >= 6 })
    }

    private func check(_ now: ReadPlaylist, follows earlier: ReadPlaylist) {
        #expect(now.mediaSequence >= earlier.mediaSequence)
        for tag in ["TARGETDURATION", "PART-INF", "SERVER-CONTROL", "VERSION"] { #expect(now.tags[tag] == earlier.tags[tag]) }
        for old in earlier.segments where old.number >= now.mediaSequence {
            let new = now.segments.first { $0.number == old.number }
            #expect(new?.discontinuity == old.discontinuity && new?.map == old.map && new?.date == old.date)
            #expect(old.uri == nil || new?.uri == old.uri)
            #expect(new?.parts.starts(with: old.parts) == true || new?.parts.isEmpty == true)
        }
        let seconds = now.segments.reduce(0) { $0 + $1.duration }
        #expect(now.mediaSequence == earlier.mediaSequence || seconds >= 12)
    }

    @Test func `HLS-1 no segment is longer than the target duration`() async throws {
        let playlist = try await playlist(.picture, of: try published(longTranscript()))
        #expect(playlist.tags["TARGETDURATION"] == "4")
        #expect(playlist.segments.allSatisfy { $0.duration.rounded() <= 4 })
    }

    @Test func `HLS-5 serves what has left the playlist for as long as somebody may ask for it`() async throws {
        let output = try published(longTranscript(), segments: 6)
        let playlist = try await playlist(.picture, of: output)
        #expect(playlist.segments.count { $0.uri != nil } == 6)
        #expect(await output.resource(track: "picture", name: "\(playlist.mediaSequence - 1).m4s").bytes != nil)
        #expect(await output.resource(track: "picture", name: "\(playlist.mediaSequence - 1).0.m4s").bytes != nil)
        #expect(await output.resource(track: "picture", name: "60.m4s") == .notFound)
    }

    @Test func `HLS-6 holds players back by three parts`() async throws {
        let playlist = try await playlist(.sound, of: try published(Transcript(Camera())))
        #expect(playlist.tags["PART-INF"] == "PART-TARGET=0.50500")
        let control = "CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=24.00000,PART-HOLD-BACK=1.51500,HOLD-BACK=12.00000"
        #expect(playlist.tags["SERVER-CONTROL"] == control)
    }

    @Test func `HLS-8 answers a playlist request when the part is there`() async throws {
        let (output, rest) = try halfPublished()
        let hint = try #require(try await playlist(.picture, of: output).hints.first)
        let asked = try #require(position(hint))
        async let answer = output.mediaPlaylist(track: "picture", request: BlockingRequest(wait: .part(asked)))
        await isTrue { output.waiting == 1 }
        for made in rest { output.publish([made]) }
        let names = try ReadPlaylist(await answer).segments.flatMap(\.parts).map(\.uri)
        #expect(names.contains(hint))
        #expect(output.waiting == 0)
    }

    @Test func `HLS-9 says 503 when nothing came for three target durations`() async throws {
        let (output, _) = try halfPublished()
        let hint = try #require(try await playlist(.picture, of: output).hints.first)
        let asked = try #require(position(hint))
        async let playlist = output.mediaPlaylist(track: "picture", request: BlockingRequest(wait: .part(asked)))
        async let part = output.resource(track: "picture", name: hint)
        await isTrue { output.waiting == 2 && clock.sleepers == 2 }
        clock.advance(by: .seconds(11))
        #expect(output.waiting == 2)
        clock.advance(by: .seconds(1))
        #expect(await playlist == .unavailable)
        #expect(await part == .unavailable)
        #expect(output.waiting == 0)
    }

    @Test func `HLS-9 refuses what is too far ahead`() async throws {
        let (output, _) = try halfPublished()
        let answer = await output.mediaPlaylist(track: "picture", request: BlockingRequest(wait: .segment(1000)))
        guard case .badRequest = answer else { return #expect(Bool(false), "\(answer)") }
    }

    @Test func `HLS-11 gives a hinted part whole when it is there, and 404 for one that is not hinted`() async throws {
        let (output, rest) = try halfPublished()
        let hint = try #require(try await playlist(.picture, of: output).hints.first)
        async let answer = output.resource(track: "picture", name: hint)
        await isTrue { output.waiting == 1 }
        for made in rest { output.publish([made]) }
        let part = try #require(await answer.bytes)
        #expect(Fragment(part)?.boxes == ["moof", "mdat"])
        #expect(await output.resource(track: "picture", name: "9999.0.m4s") == .notFound)
    }

    @Test func `HLS-11 the next part is always the one that was hinted at`() async throws {
        let output = LiveOutput(firstSegment: 60, configuration: .init(), clock: clock)
        for made in try Transcript(Camera()).chunked().outputs {
            guard case .chunk(let chunk) = made else { output.publish([made]); continue }
            let hint = try? await playlist(chunk.kind, of: output).hints
            output.publish([made])
            #expect(hint == nil || hint == ["\(chunk.segment).\(chunk.part).m4s"])
        }
    }

    @Test func `HLS-12 reports how far the other track has come`() async throws {
        let output = try published(Transcript(Camera()))
        let sound = try await playlist(.sound, of: output)
        let last = try #require(sound.segments.last)
        let expected = "URI=\"../sound/index.m3u8\",LAST-MSN=\(last.number),LAST-PART=\(last.parts.count - 1)"
        #expect(try await playlist(.picture, of: output).reports == [expected])
    }

    @Test func `HLS-13 tells the same dates and discontinuities in both playlists`() async throws {
        let output = try published(longTranscript())
        let (picture, sound) = (try await playlist(.picture, of: output), try await playlist(.sound, of: output))
        for segment in picture.segments {
            guard let other = sound.segments.first(where: { $0.number == segment.number }) else { continue }
            #expect(segment.discontinuity == other.discontinuity)
            let (one, two) = (try #require(UTCInstant(segment.date)), try #require(UTCInstant(other.date)))
            #expect(abs(one.since(two).inSeconds) < 0.1)
        }
        #expect(picture.segments.last?.discontinuity == 61)
    }

    @Test func `HLS-17 a segment is the sum of its parts, byte by byte`() async throws {
        let output = try published(Transcript(Camera()))
        for segment in try await playlist(.picture, of: output).segments where segment.uri != nil {
            var parts = ByteBuffer()
            for part in segment.parts {
                parts.writeImmutableBuffer(try #require(await output.resource(track: "picture", name: part.uri).bytes))
            }
            let whole = await output.resource(track: "picture", name: try #require(segment.uri)).bytes
            #expect(whole == parts)
        }
    }

    @Test func `HLS-17 what a player fetches decodes`() async throws {
        let output = try published(Transcript(Camera()))
        for kind in TrackKind.allCases {
            let playlist = try await playlist(kind, of: output)
            var file = ByteBuffer()
            for name in [playlist.segments[0].map] + playlist.segments.compactMap(\.uri) {
                file.writeImmutableBuffer(try #require(await output.resource(track: kind.rawValue, name: name).bytes))
            }
            #expect(try Decoder.complaints(about: file) == "")
        }
    }

    @Test func `HLS-17 measures what it tells of the tracks`() async throws {
        guard case .playlist(let rendered) = try await published(Transcript(Camera())).multivariantPlaylist() else {
            return #expect(Bool(false), "there is a playlist")
        }
        let text = String(buffer: rendered.plain)
        #expect(text.contains(/RESOLUTION=160x90,FRAME-RATE=(29\.99|30\.00)\d,AUDIO="sound"\npicture\/index\.m3u8/))
        #expect(text.contains("NAME=\"Floor\",DEFAULT=YES,AUTOSELECT=YES"))
    }

    @Test func `has no playlist before there is a segment`() async throws {
        let output = LiveOutput(firstSegment: 60, configuration: .init(), clock: clock)
        #expect(!output.hasBegun)
        #expect(await output.mediaPlaylist(track: "picture", request: BlockingRequest(wait: nil)) == .notFound)
        #expect(await output.mediaPlaylist(track: "signer", request: BlockingRequest(wait: nil)) == .notFound)
    }

    @Test func `lets who comes too early wait for the first segment`() async throws {
        let output = LiveOutput(firstSegment: 60, configuration: .init(), clock: clock)
        async let answer = output.multivariantPlaylist()
        await isTrue { output.waiting == 1 }
        output.publish(try Transcript(Camera()).chunked().outputs)
        guard case .playlist = await answer else { return #expect(Bool(false), "there is a playlist") }
        #expect(output.hasBegun)
    }

    @Test func `tells who waits for the first segment that none has come`() async {
        let late = LiveOutput(firstSegment: 60, configuration: .init(), clock: clock)
        let over = LiveOutput(firstSegment: 60, configuration: .init())
        async let unavailable = late.multivariantPlaylist()
        async let notFound = over.multivariantPlaylist()
        await isTrue { late.waiting == 1 && clock.sleepers == 1 && over.waiting == 1 }
        clock.advance(by: LiveOutput.longestWait)
        over.end()
        #expect(await unavailable == .unavailable)
        #expect(await notFound == .notFound)
    }

    @Test func `answers everybody who waits when the session ends`() async throws {
        let (output, _) = try halfPublished()
        let hint = try #require(try await playlist(.picture, of: output).hints.first)
        let asked = try #require(position(hint))
        async let waiting = output.mediaPlaylist(track: "picture", request: BlockingRequest(wait: .part(asked)))
        async let part = output.resource(track: "picture", name: hint)
        await isTrue { output.waiting == 2 }
        output.end()
        let playlist = try ReadPlaylist(await waiting)
        #expect(playlist.isEnded && playlist.hints.isEmpty && playlist.segments.allSatisfy { $0.uri != nil })
        #expect(await part == .notFound)
    }

    @Test func `forgets a request whose client went away`() async throws {
        let (output, _) = try halfPublished()
        let hint = try #require(try await playlist(.picture, of: output).hints.first)
        let request = Task { await output.resource(track: "picture", name: hint) }
        await isTrue { output.waiting == 1 }
        request.cancel()
        #expect(await request.value == .unavailable)
        #expect(output.waiting == 0)
    }

    @Test func `packs what it serves`() async throws {
        let output = try published(Transcript(Camera()))
        guard case .playlist(let rendered) = await output.mediaPlaylist(track: "picture", request: BlockingRequest(wait: nil))
        else {
            return #expect(Bool(false), "there is a playlist")
        }
        #expect(try #require(rendered.gzipped).readableBytes < rendered.plain.readableBytes / 2)
    }

    // MARK: - What the tests stand on

    /// Half a minute, with the desk away for five seconds in the middle.
    private func longTranscript() throws -> Transcript {
        var camera = Camera()
        camera.seconds = 25
        var transcript = try Transcript(camera)
        transcript.append(.interrupted)
        camera.seconds = 12
        try transcript.append(camera, at: 30)
        return transcript
    }

    private func published(_ transcript: Transcript, segments: Int = 10) throws -> LiveOutput {
        var configuration = LiveOutput.Configuration()
        configuration.segments = segments
        let output = LiveOutput(firstSegment: 60, configuration: configuration, clock: clock)
        output.publish(transcript.chunked().outputs)
        return output
    }

    private func halfPublished() throws -> (LiveOutput, rest: [ChunkerOutput]) {
        let outputs = try Transcript(Camera()).chunked().outputs
        let output = LiveOutput(firstSegment: 60, configuration: .init(), clock: clock)
        output.publish(Array(outputs.prefix(outputs.count / 2)))
        return (output, Array(outputs.dropFirst(outputs.count / 2)))
    }

    private func playlist(_ kind: TrackKind, of output: LiveOutput) async throws -> ReadPlaylist {
        try ReadPlaylist(await output.mediaPlaylist(track: kind.rawValue, request: BlockingRequest(wait: nil)))
    }

    private func position(_ name: String) -> PartPosition? {
        if case .part(let position) = MediaFile(name: name) { position } else { nil }
    }

    private func isTrue(_ condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }
}

extension LiveAnswer {
    fileprivate var bytes: ByteBuffer? {
        if case .file(let bytes) = self { bytes } else { nil }
    }
}

/// The output's questions, as their addresses name them.
extension LiveOutput {
    fileprivate func multivariantPlaylist() async -> LiveAnswer { await answer(to: .multivariant) }

    fileprivate func mediaPlaylist(track: String, request: BlockingRequest) async -> LiveAnswer {
        guard let kind = TrackKind(rawValue: track) else { return .notFound }
        return await answer(to: .playlist(kind, request))
    }

    fileprivate func resource(track: String, name: String) async -> LiveAnswer {
        guard let kind = TrackKind(rawValue: track), let file = MediaFile(name: name) else { return .notFound }
        return await answer(to: .file(kind, file))
    }
}
