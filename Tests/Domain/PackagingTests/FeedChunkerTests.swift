import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Testing
import Time

@Suite struct `the chunker of a feed` {
    @Test func `cuts two-second segments of half-second parts, alike for picture and sound`() throws {
        let chunks = try Transcript(Camera()).chunked()
        for kind in TrackKind.allCases {
            let segments = chunks.segments(kind)
            #expect(segments.map(\.number) == [60, 61, 62])
            for (_, parts) in segments.dropLast() {
                #expect(abs(parts.seconds - 2) < 0.05)
                #expect(parts.map(\.part) == Array(parts.indices))
                #expect(parts.map(\.isLast) == parts.indices.map { $0 == parts.count - 1 })
            }
        }
    }

    @Test func `keeps parts within their target and at 85 % of it, but for the last of a segment`() throws {
        let chunks = try Transcript(Camera()).chunked()
        for chunk in chunks[.picture] + chunks[.sound] {
            #expect(chunk.duration.duration <= .milliseconds(505))
            #expect(chunk.isLast || chunk.duration.duration >= .milliseconds(505) * 85 / 100)
        }
    }

    @Test(arguments: [24, 25, 30, 50, 60]) func `cuts whole half seconds at every usual frame rate`(rate: Int) throws {
        var camera = Camera()
        (camera.framesPerSecond, camera.keyInterval, camera.hasSound) = (rate, rate * 2, false)
        for (_, parts) in try Transcript(camera).chunked().segments(.picture).dropLast() {
            #expect(parts.count <= 5 && parts.dropLast().allSatisfy { $0.duration.seconds > 0.47 })
        }
    }

    @Test(arguments: [0, 2]) func `keeps every frame and its times, with B-frames too`(reordering: Int) throws {
        var camera = Camera()
        camera.reordering = reordering
        var transcript = try Transcript(camera)
        transcript.append(.ended)
        let chunks = transcript.chunked { $0.partDuration = .milliseconds(300) }
        let sent = transcript.events.compactMap { if case .frame(let frame) = $0, frame.kind == .picture { frame } else { nil } }
        let written = chunks[.picture].compactMap { Fragment($0.bytes) }.flatMap(\.samples)

        #expect(written.count == sent.count)
        #expect(written.map(\.offset) == sent.map(\.presentationOffset))
        #expect(written.map { Int($0.size) } == sent.map(\.payload.readableBytes))
    }

    @Test func `writes the decode time of each chunk exactly, one after the other without a gap`() throws {
        let chunks = try Transcript(Camera()).chunked()
        for kind in TrackKind.allCases {
            var end: Int64?
            for chunk in chunks[kind] {
                let fragment = try #require(Fragment(chunk.bytes))
                #expect(fragment.boxes == ["moof", "mdat"])
                #expect(Int64(fragment.decodeTime) == chunk.decodeTime.ticks)
                #expect(Int64(fragment.duration) == chunk.duration.ticks && fragment.samples.count == chunk.frames)
                #expect(end == nil || end == chunk.decodeTime.ticks)
                end = chunk.decodeTime.ticks + chunk.duration.ticks
            }
        }
    }

    @Test func `stands ten seconds on from the session's origin, on the wall clock`() throws {
        let chunks = try Transcript(Camera()).chunked()
        let first = try #require(chunks[.picture].first)
        #expect(abs(first.decodeTime.seconds - 70) < 0.1)
        for chunk in chunks[.sound] {
            let passed = MediaTime(chunk.instant.since(Transcript.origin), timescale: 48_000).ticks
            #expect(abs(chunk.decodeTime.ticks - 480_000 - passed) <= 1)
        }
    }

    @Test(arguments: [0, 2]) func `makes files that decode without a complaint`(reordering: Int) throws {
        var camera = Camera()
        camera.reordering = reordering
        let chunks = try Transcript(camera).chunked()
        for kind in TrackKind.allCases {
            let file = chunks.file(kind, stretch: 0)
            #expect(try Decoder.complaints(about: file) == "")
            #expect(try Decoder.packets(of: file).first?.decode == chunks[kind].first?.decodeTime.ticks)
        }
    }

    @Test func `begins with a key frame of the picture, and with sound no earlier`() throws {
        let transcript = try Transcript(Camera())
        var seen = 0
        let late = transcript.filter { event in
            guard case .frame(let frame) = event, frame.kind == .picture else { return true }
            seen += 1
            return seen > 10
        }
        let chunks = late.chunked()
        let picture = try #require(chunks[.picture].first)
        let sound = try #require(chunks[.sound].first)
        #expect(picture.isIndependent)
        #expect(abs(picture.decodeTime.seconds - 72) < 0.1)
        #expect(sound.decodeTime >= picture.decodeTime)
    }

    @Test func `cuts at the target duration where key frames are rarer`() throws {
        var camera = Camera()
        (camera.keyInterval, camera.seconds) = (150, 11)
        let segments = try Transcript(camera).chunked().segments(.picture)
        #expect(segments.allSatisfy { $0.chunks.seconds <= 4 })
        #expect(segments.map { $0.chunks[0].isIndependent } == [true, false, true, false, true])
    }

    @Test func `ends no segment before its time where key frames are more frequent`() throws {
        var camera = Camera()
        camera.keyInterval = 15
        let segments = try Transcript(camera).chunked().segments(.picture)
        #expect(segments.dropLast().allSatisfy { abs($0.chunks.seconds - 2) < 0.01 })
    }

    @Test func `carries a picture without sound`() throws {
        var camera = Camera()
        camera.hasSound = false
        let chunks = try Transcript(camera).chunked()
        #expect(chunks.segments(.picture).map(\.number) == [60, 61, 62] && chunks[.sound].isEmpty)
    }

    @Test func `paces sound by itself where there is no picture`() throws {
        var camera = Camera()
        camera.hasPicture = false
        let chunks = try Transcript(camera).chunked()
        let segments = chunks.segments(.sound)
        #expect(segments.map(\.number) == [60, 61, 62] && chunks[.picture].isEmpty)
        #expect(segments.dropLast().allSatisfy { abs($0.chunks.seconds - 2) < 0.03 })
        #expect(try Decoder.complaints(about: chunks.file(.sound, stretch: 0)) == "")
    }
}
