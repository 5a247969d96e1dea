import HLS
import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Testing
import Time

@Suite struct `where nothing comes` {
    @Test func `HLS-14 gaps stand on the clock in all playlists alike, from the moment of the interruption`() async throws {
        var session = GapSession()
        try session.play(Camera())
        session.consume(.interrupted)
        session.pass(seconds: 5)
        let (picture, sound) = (try await session.playlist(.picture), try await session.playlist(.sound))
        let gaps = picture.segments.filter(\.isGap)
        #expect(gaps.count == 2 && abs(gaps.reduce(0) { $0 + $1.duration } - 4) < 0.01)
        #expect(gaps.flatMap(\.parts).allSatisfy(\.isGap) && gaps.flatMap(\.parts).count == 8)
        #expect(picture.segments.last?.parts.count == 2 && picture.hints.isEmpty)
        #expect(picture.segments.suffix(3).map(\.number) == sound.segments.suffix(3).map(\.number))
        #expect(picture.segments.suffix(3).map(\.date) == sound.segments.suffix(3).map(\.date))
    }

    @Test func `HLS-14 silence is an interruption after two seconds`() async throws {
        var session = GapSession()
        try session.play(Camera())
        session.pass(seconds: 1.9)
        #expect(try await session.playlist(.picture).segments.allSatisfy { !$0.isGap && !$0.parts.contains(where: \.isGap) })
        session.pass(seconds: 0.2)
        let parts = try await session.playlist(.sound).segments.flatMap(\.parts).filter(\.isGap)
        #expect(parts.count == 4)
    }

    @Test func `HLS-14 what comes after a gap is discontinuous in all playlists, under the next number`() async throws {
        var session = GapSession()
        try session.play(Camera())
        session.consume(.interrupted)
        session.pass(seconds: 5)
        try session.play(Camera(), at: 11)
        for kind in TrackKind.allCases {
            let segments = try await session.playlist(kind).segments
            let first = try #require(segments.first { $0.discontinuity == 61 })
            #expect(first.number == segments[0].number + 6 && !first.isGap && first.parts.first?.isGap == false)
            #expect(segments.map(\.number) == Array(segments[0].number...(segments.last?.number ?? 0)))
        }
    }

    @Test func `what a slow line has held back is kept, though it is not where a key frame is`() async throws {
        var camera = Camera()
        camera.seconds = 9
        var session = GapSession()
        let stall = Transcript.beginning.advanced(by: .seconds(4.5))
        let events = try Transcript(camera).events
        let isLate = { (event: FeedEvent) in if case .frame(let frame) = event { frame.receivedAt >= stall } else { false } }
        for event in events where !isLate(event) { session.consume(event) }
        session.pass(seconds: 3)
        for event in events where isLate(event) { session.consume(event) }
        session.consume(.ended)
        let picture = session.chunks(.picture)
        #expect(abs(picture.seconds - 9) < 0.05)
        for (chunk, next) in zip(picture, picture.dropFirst()) { #expect(next.decodeTime == chunk.decodeTime + chunk.duration) }
        #expect(picture.count { $0.isDiscontinuous } == 1)
    }

    @Test func `HLS-14 the picture is a gap where only the sound goes on, segment by segment`() async throws {
        var camera = Camera()
        camera.seconds = 20
        let away = Transcript.beginning.advanced(by: .seconds(5))
        var session = GapSession()
        try session.play(camera) { event in
            guard case .frame(let frame) = event, frame.kind == .picture else { return true }
            return !(0..<10).contains(frame.receivedAt.since(away).inSeconds)
        }
        let (picture, sound) = (try await session.playlist(.picture), try await session.playlist(.sound))
        #expect(picture.segments.map(\.number) == sound.segments.map(\.number))
        let gaps = picture.segments.filter(\.isGap)
        #expect(gaps.reduce(0) { $0 + $1.duration } > 6)
        for gap in gaps {
            let beside = try #require(sound.segments.first { $0.number == gap.number })
            #expect(!beside.isGap && abs(beside.duration - gap.duration) < 0.6)
        }
        #expect(picture.segments.last?.isGap == false)
    }

    @Test func `no gap comes before anything else`() {
        var session = GapSession()
        session.pass(seconds: 10)
        #expect(!session.output.hasBegun)
    }

    @Test func `HLS-10 merging a delta update gives the whole playlist, at whatever moment`() async throws {
        var session = GapSession()
        var camera = Camera()
        camera.seconds = 40
        try session.play(camera)
        session.consume(.interrupted)
        session.pass(seconds: 7)
        (camera.width, camera.height, camera.seconds) = (320, 180, 30)
        try session.play(camera, at: 48)
        let output = LiveOutput(firstSegment: 60, configuration: .init(), clock: ManualClock())
        var (known, deltas): (ReadPlaylist?, Int) = (nil, 0)
        for step in session.steps {
            output.publish(step.outputs, gaps: step.gaps)
            guard let whole = try? await read(output, BlockingRequest(wait: nil)) else { continue }
            let delta = try await read(output, BlockingRequest(wait: nil, allowsDelta: true))
            if let merged = known.map(delta.merged) {
                #expect(merged.segments == whole.segments && merged.tags == whole.tags)
                #expect(merged.hints == whole.hints && merged.reports == whole.reports)
            }
            deltas += delta.skipped > 0 ? 1 : 0
            known = whole
        }
        #expect(deltas > 50)
    }

    private func read(_ output: LiveOutput, _ request: BlockingRequest) async throws -> ReadPlaylist {
        try ReadPlaylist(await output.answer(to: .playlist(.picture, request)))
    }
}

/// A session whose chunker is told the time, as a floor does.
private struct GapSession: ~Copyable {
    let output = LiveOutput(firstSegment: 60, configuration: .init(), clock: ManualClock())
    private(set) var steps: [(outputs: [ChunkerOutput], gaps: [Gap])] = []
    private var chunker = FeedChunker(origin: Transcript.origin, firstSegment: 60, configuration: .init())

    func chunks(_ kind: TrackKind) -> [Chunk] { Chunks(outputs: steps.flatMap(\.outputs))[kind] }

    /// Time passes as its frames tell.
    mutating func play(_ camera: Camera, at seconds: Double = 0, where isKept: (FeedEvent) -> Bool = { _ in true }) throws {
        var now: UTCInstant?
        for event in try Transcript(camera, from: seconds).events {
            if case .frame(let frame) = event {
                if let now, frame.receivedAt > now { publish(chunker.pass(frame.receivedAt.since(now))) }
                now = max(frame.receivedAt, now ?? frame.receivedAt)
            }
            if isKept(event) { consume(event) }
        }
    }

    mutating func consume(_ event: FeedEvent) { publish(chunker.consume(event)) }

    mutating func pass(seconds: Double) {
        for _ in 0..<Int((seconds * 10).rounded()) { publish(chunker.pass(.milliseconds(100))) }
    }

    private mutating func publish(_ outputs: [ChunkerOutput]) {
        let gaps = chunker.takeGaps()
        guard !outputs.isEmpty || !gaps.isEmpty else { return }
        steps.append((outputs, gaps))
        output.publish(outputs, gaps: gaps)
    }

    func playlist(_ kind: TrackKind) async throws -> ReadPlaylist {
        try ReadPlaylist(await output.answer(to: .playlist(kind, BlockingRequest(wait: nil))))
    }
}
