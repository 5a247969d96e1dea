import Media
import RTMPServer
import Streams
import Testing
import Time

/// The real program pushes over loopback.
@Suite(.timeLimit(.minutes(5))) struct FFmpegTests {
    private func address(_ port: Int, _ path: String) -> String { "rtmp://127.0.0.1:\(port)/\(path)" }

    /// What a reader sees of a push of three seconds, up to its end.
    private func push(_ options: [String]) async throws -> (events: [FeedEvent], log: [String]) {
        let (desk, log) = (TestDesk(), LogLines())
        let events = try await withServer(desk, log: log) { port in
            async let outcome = FFmpegProgram.push(
                seconds: 3, to: address(port, "live/\(TestDesk.key)?from=test"), picture: options)
            let events = try await desk.reader().events(upTo: { $0 == .interrupted })
            let ended = try await outcome
            #expect(ended.status == 0, "\(ended.errors)")
            return events
        }
        return (events, log.lines)
    }

    @Test func `a picture with B-frames and its sound arrive whole, with their times`() async throws {
        let (events, log) = try await push(["-bf", "2", "-x264opts", "b-adapt=0"])
        let formats = events.compactMap { if case .format(let format) = $0 { format } else { nil } }
        let frames = events.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
        let pictures = frames.filter { $0.kind == .picture }
        let sounds = frames.filter { $0.kind == .sound }

        #expect(formats.count == 2)
        for case .picture(let picture) in formats {
            #expect((picture.width, picture.height) == (640, 360))
            #expect(picture.reorders && picture.codecs.hasPrefix("avc1.4d"))
        }
        for case .sound(let sound) in formats {
            #expect(sound.codecs == "mp4a.40.2" && sound.sampleRate == 48_000 && sound.channels == 2)
        }
        #expect(pictures.count == 75 && pictures.first?.isKey == true)
        #expect(pictures.filter(\.isKey).count == 3)
        #expect(pictures.contains { $0.presentationOffset > 0 })
        #expect(Self.steps(pictures).allSatisfy { $0 == .milliseconds(40) })
        #expect((140...143).contains(sounds.count))
        #expect(Self.steps(sounds).allSatisfy { (.milliseconds(20)...(.milliseconds(22))).contains($0) })

        #expect(log.filter { $0.contains("A desk publishes") && $0.contains("encoder=Lavf") }.count == 1)
        #expect(log.filter { $0.contains("A desk has left") && $0.contains("frames=\(frames.count)") }.count == 1)
        #expect(!log.joined().contains(TestDesk.key))
    }

    private static func steps(_ frames: [MediaFrame]) -> [Duration] {
        zip(frames.dropFirst(), frames).map { later, earlier in
            let step = (later.decodeTime - earlier.decodeTime).rescaled(to: 1000)
            return .milliseconds(step.ticks)
        }
    }

    @Test func `a picture without B-frames is known not to reorder`() async throws {
        let (events, _) = try await push(["-profile:v", "baseline", "-bf", "0"])
        let reorders = events.compactMap { event -> Bool? in
            if case .format(.picture(let picture)) = event { picture.reorders } else { nil }
        }
        #expect(reorders == [false])
    }

    @Test func `a wrong key makes ffmpeg fail and show why`() async throws {
        let log = LogLines()
        let outcome = try await withServer(log: log) { port in
            try await FFmpegProgram.push(seconds: 3, to: address(port, "live/wrongkey_0815"))
        }
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("No such stream key. Ask the secretariat for the room's own."), "\(outcome.errors)")
        #expect(!log.lines.joined().contains("wrongkey_0815"))
    }

    @Test func `another application makes ffmpeg fail and show the right one`() async throws {
        let outcome = try await withServer { port in
            try await FFmpegProgram.push(seconds: 3, to: address(port, "stream/\(TestDesk.key)"))
        }
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("The address of this server ends in /live"), "\(outcome.errors)")
    }

    @Test func `a second desk with the same key is told that the room is taken`() async throws {
        let desk = TestDesk()
        let outcome = try await withServer(desk) { port in
            let right = address(port, "live/\(TestDesk.key)")
            let first = Task { try await FFmpegProgram.push(seconds: 60, to: right) }
            defer { first.cancel() }
            _ = try await desk.reader().events(upTo: \.isFrame)
            return try await FFmpegProgram.push(seconds: 1, to: right)
        }
        #expect(outcome.status != 0 && outcome.errors.contains("Somebody publishes to this room already"), "\(outcome.errors)")
    }

    @Test func `a codec that no browser plays is refused while ffmpeg sends`() async throws {
        let outcome = try await withServer { port in
            try await FFmpegProgram.push(
                seconds: 3, to: address(port, "live/\(TestDesk.key)"), picture: ["-c:v", "flv1", "-preset", "none"])
        }
        #expect(outcome.status != 0 && outcome.errors.contains("Sorenson H.263"), "\(outcome.errors)")
    }
}

extension FeedReader {
    /// What comes up to an event, with what came at once with it. Fails where the feed ends before.
    func events(upTo isLast: (FeedEvent) -> Bool) async throws -> [FeedEvent] {
        var events: [FeedEvent] = []
        while !events.contains(where: isLast) {
            let more = await next()
            try #require(!more.isEmpty, "The feed has ended, or the test's time.")
            events += more
        }
        return events
    }
}

extension FeedEvent {
    var isFrame: Bool {
        if case .frame = self { true } else { false }
    }
}
