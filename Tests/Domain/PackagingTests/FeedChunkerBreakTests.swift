import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Testing
import Time

@Suite struct `a feed that does not go on as before` {
    @Test func `ends its segments at once when it is interrupted`() throws {
        var camera = Camera()
        camera.seconds = 3
        var transcript = try Transcript(camera)
        transcript.append(.interrupted)
        let chunks = transcript.chunked()
        for kind in TrackKind.allCases {
            #expect(chunks[kind].last?.isLast == true)
            #expect(abs(chunks[kind].seconds - 3) < 0.05)
        }
    }

    @Test func `goes on at a key frame in a discontinuous segment where media is missing`() throws {
        var transcript = try Transcript(Camera())
        transcript.append(.interrupted)
        try transcript.append(Camera(), at: 16)
        let chunks = transcript.chunked()
        for kind in TrackKind.allCases {
            let breaks = chunks[kind].filter(\.isDiscontinuous)
            #expect(breaks.map(\.segment) == [63])
            #expect(breaks.map(\.part) == [0] && breaks.allSatisfy(\.isIndependent))
            let first = try #require(breaks.first)
            #expect(abs(first.decodeTime.seconds - 86) < 0.1)
            #expect(chunks.initialisations(kind).count == 1)
        }
        #expect(try Decoder.complaints(about: chunks.file(.picture, stretch: 0)) == "")
    }

    @Test func `is not discontinuous where it is taken over without a gap`() throws {
        var transcript = try Transcript(Camera())
        transcript.append(.interrupted)
        try transcript.append(Camera(), at: 6)
        let chunks = transcript.chunked()
        #expect(chunks[.picture].count { $0.isDiscontinuous } == 0)
        #expect(chunks.segments(.picture).map(\.number) == chunks.segments(.sound).map(\.number))
    }

    @Test func `never runs backwards, though a publisher does`() throws {
        var transcript = try Transcript(Camera())
        transcript.append(.interrupted)
        try transcript.append(Camera(), at: 2)
        let chunks = transcript.chunked()
        for kind in TrackKind.allCases {
            let chunks = chunks[kind]
            for (chunk, next) in zip(chunks, chunks.dropFirst()) {
                #expect(next.decodeTime >= chunk.decodeTime + chunk.duration)
                let expected = chunk.isLast ? (chunk.segment + 1, 0) : (chunk.segment, chunk.part + 1)
                #expect(next.segment == expected.0 && next.part == expected.1)
            }
        }
    }

    @Test func `begins a new stretch of both size and segment when the picture is coded anew`() throws {
        var transcript = try Transcript(Camera())
        var other = Camera()
        (other.width, other.height) = (320, 180)
        try transcript.append(other, at: 6)
        let chunks = transcript.chunked()

        #expect(chunks.initialisations(.picture).map(\.stretch) == [0, 1])
        let first = try #require(chunks[.picture].first { $0.stretch == 1 })
        #expect(first.isDiscontinuous && first.isIndependent && first.part == 0)
        for stretch in 0...1 { #expect(try Decoder.complaints(about: chunks.file(.picture, stretch: stretch)) == "") }
        // The sound goes on in its own stretch, and says so of the same segment.
        #expect(chunks.initialisations(.sound).count == 1)
        #expect(chunks[.sound].filter(\.isDiscontinuous).map(\.segment) == [first.segment])
    }

    @Test func `begins a new stretch when the sound is coded anew`() throws {
        var transcript = try Transcript(Camera())
        var other = Camera()
        other.sampleRate = 44_100
        try transcript.append(other, at: 6)
        let chunks = transcript.chunked()

        #expect(chunks.initialisations(.sound).map(\.format.timescale) == [48_000, 44_100])
        #expect(chunks.initialisations(.picture).count == 1)
        let first = try #require(chunks[.sound].first { $0.stretch == 1 })
        #expect(first.isDiscontinuous && abs(first.decodeTime.seconds - 76) < 0.1)
        #expect(chunks[.picture].filter(\.isDiscontinuous).map(\.segment) == [first.segment])
        for stretch in 0...1 { #expect(try Decoder.complaints(about: chunks.file(.sound, stretch: stretch)) == "") }
    }

    @Test func `says nothing new when a format is told again`() throws {
        var transcript = try Transcript(Camera())
        try transcript.append(Camera(), at: 6)
        let chunks = transcript.chunked()
        #expect(chunks.initialisations(.picture).count == 1 && chunks.initialisations(.sound).count == 1)
        #expect((chunks[.picture] + chunks[.sound]).filter(\.isDiscontinuous).isEmpty)
    }

    @Test func `anchors sound anew where packets are missing`() throws {
        let gap = Transcript.beginning.advanced(by: .seconds(3))
        let transcript = try Transcript(Camera()).filter { event in
            guard case .frame(let frame) = event, frame.kind == .sound else { return true }
            return !(0..<0.5).contains(frame.receivedAt.since(gap).inSeconds)
        }
        let sound = transcript.chunked()[.sound]
        let steps = zip(sound, sound.dropFirst()).map { ($1.decodeTime - ($0.decodeTime + $0.duration)).seconds }
        let holes = steps.filter { $0 > 0 }
        let hole = try #require(holes.first)
        #expect(holes.count == 1 && abs(hole - 0.5) < 0.06)
    }

    @Test func `lets the sound go on when the picture stays away, and takes it in again`() throws {
        var camera = Camera()
        camera.seconds = 20
        let away = Transcript.beginning.advanced(by: .seconds(5))
        let transcript = try Transcript(camera).filter { event in
            guard case .frame(let frame) = event, frame.kind == .picture else { return true }
            return !(0..<10).contains(frame.receivedAt.since(away).inSeconds)
        }
        let chunks = transcript.chunked()
        let silence = chunks[.sound].filter { $0.decodeTime.seconds > 76 && $0.decodeTime.seconds < 84 }
        #expect(silence.count > 12)
        #expect(chunks[.picture].last?.segment == chunks[.sound].last?.segment)
        let breaks = Set(chunks[.picture].filter(\.isDiscontinuous).map(\.segment))
        #expect(breaks == Set(chunks[.sound].filter(\.isDiscontinuous).map(\.segment)))
    }
}

@Suite struct `the number of the first segment` {
    @Test func `is the tenths of a second since the session's origin`() {
        let origin = Transcript.origin
        #expect(FeedChunker.firstSegment(at: origin.advanced(by: .milliseconds(90_990)), origin: origin) == 909)
        #expect(FeedChunker.firstSegment(at: origin.advanced(by: .seconds(-5)), origin: origin) == 0)
    }

    @Test func `HLS-4 does not fall across a restart`() throws {
        let first = FeedChunker.firstSegment(at: Transcript.beginning, origin: Transcript.origin)
        let before = try Transcript(Camera()).chunked(firstSegment: first)[.picture].map(\.segment)
        let restart = FeedChunker.firstSegment(at: Transcript.beginning.advanced(by: .seconds(6)), origin: Transcript.origin)
        #expect(try #require(before.last) < restart)
    }

    @Test func `does not fall either after segments of less than a second`() throws {
        var camera = Camera()
        camera.keyInterval = 27
        let first = FeedChunker.firstSegment(at: Transcript.beginning, origin: Transcript.origin)
        let before = try Transcript(camera).chunked(firstSegment: first) { $0.segmentDuration = .seconds(1) }[.picture].map(
            \.segment)
        #expect(before.count > 7)
        let restart = FeedChunker.firstSegment(at: Transcript.beginning.advanced(by: .seconds(6)), origin: Transcript.origin)
        #expect(try #require(before.last) < restart)
    }
}
