import FFmpeg
import Files
import Media
import Synchronization
import Testing
import Time

@testable import Recording

@Suite struct RecordingFinishingTests {
    let test = TestRecording()

    private func probe(_ name: String) throws -> MediaProbe {
        try MediaProbe(test.folder.path.appending(name).text)
    }

    @Test func `a recording becomes one file that decodes without a complaint`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.products.map(\.file) == ["recording.mp4"])
        #expect(finished.duration == .microseconds(6_021_333))
        #expect(finished.products.first?.from.text == "2021-06-16T12:00:10.123456Z")
        #expect(test.complaints(about: "recording.mp4") == "")
        #expect(try probe("recording.mp4").tracks.map(\.frames) == [150, 283])
        let boxes = Box.boxes(in: try test.bytes("recording.mp4")[...]).map(\.type)
        #expect(boxes.prefix(2) == ["ftyp", "moov"])
        #expect(!(try test.names()).contains { $0.hasSuffix(".partial") })
    }

    @Test func `a publisher who was away leaves a hole in the picture and silence in the sound, and every frame decodes`()
        async throws
    {
        let writer = try test.create()
        writer.appendSixSeconds(at: 10)
        writer.appendSixSeconds(at: 26)
        try await writer.finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.products.map(\.file) == ["recording.mp4"])
        #expect(finished.duration == .microseconds(22_021_333))
        let tracks = try probe("recording.mp4").tracks
        // Twice 283 frames of sound, which end 21 ms into the ten seconds, and silence to the frame before the next.
        #expect(tracks.map(\.frames) == [300, 566 + 467])
        #expect(tracks.allSatisfy { abs($0.duration.seconds - 22) < 0.1 })
        #expect(test.complaints(about: "recording.mp4") == "")
        let times = frameTimes("recording.mp4", stream: "v")
        #expect(times.count == 300)
        #expect(zip(times, times.dropFirst()).filter { $1 - $0 > 1 }.map { ($1 - $0).rounded() } == [10])
        let sounds = frameTimes("recording.mp4", stream: "a")
        #expect(zip(sounds, sounds.dropFirst()).allSatisfy { $1 - $0 < 2 * 1024 / 48_000 })
    }

    @Test func `A-1 tracks keep their distance to within 40 ms`() async throws {
        let writer = try test.create()
        writer.append([FragmentedTrack.smallPicture.output(), FragmentedTrack.sound.output()])
        writer.append(FragmentedTrack.smallPicture.chunks(at: 12.5))
        writer.append(FragmentedTrack.sound.chunks(at: 10))
        writer.append(FragmentedTrack.smallPicture.chunks(at: 32.25))
        writer.append(FragmentedTrack.sound.chunks(at: 31))
        try await writer.finish(.over)
        _ = try await test.folder.finish(at: test.clock.now())
        let (picture, sound) = (frameTimes("recording.mp4", stream: "v"), frameTimes("recording.mp4", stream: "a"))
        // The B-frames of the picture delay the first frame by two of 40 ms.
        try near(#require(picture.first), 2.5 + 0.08)
        try near(#require(sound.first), 0)
        try near(#require(picture.first { $0 > 15 }), 22.25 + 0.08)
        // Among the frames of silence before it, which stand elsewhere.
        #expect(sound.contains { abs($0 - 21) < 0.0005 })
    }

    private func near(_ time: Double, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(abs(time - expected) < 0.04, sourceLocation: sourceLocation)
    }

    @Test func `other coding parameters make a second file, the sound goes along`() async throws {
        let writer = try test.create()
        writer.append([FragmentedTrack.smallPicture.output(stretch: 0), FragmentedTrack.sound.output()])
        writer.append(FragmentedTrack.smallPicture.chunks(at: 10, stretch: 0))
        writer.append(FragmentedTrack.largePicture.output(stretch: 1))
        writer.append(FragmentedTrack.largePicture.chunks(at: 20, stretch: 1))
        writer.append(FragmentedTrack.sound.chunks(at: 10) + FragmentedTrack.sound.chunks(at: 20))
        try await writer.finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.products.map(\.file) == ["recording-1.mp4", "recording-2.mp4"])
        #expect(finished.products.map(\.from.text) == ["2021-06-16T12:00:10.123456Z", "2021-06-16T12:00:20.123456Z"])
        for name in ["recording-1.mp4", "recording-2.mp4"] {
            #expect(test.complaints(about: name) == "")
            #expect(try probe(name).tracks.map(\.frames) == [150, 283])
        }
    }

    @Test func `pictures that need an earlier one stay in its file when the sound changes`() async throws {
        let writer = try test.create()
        writer.append([FragmentedTrack.smallPicture.output(), FragmentedTrack.sound.output(stretch: 0)])
        writer.append(FragmentedTrack.sound.chunks(0..<3, at: 10, stretch: 0))
        writer.append(FragmentedTrack.otherSound.output(stretch: 1))
        writer.append(FragmentedTrack.otherSound.chunks(at: 11.6, stretch: 1))
        writer.append(FragmentedTrack.smallPicture.chunks(at: 10))
        try await writer.finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.products.count == 2)
        var pictures: Int64 = 0
        for product in finished.products {
            #expect(test.complaints(about: product.file) == "")
            pictures += try probe(product.file).tracks.first?.frames ?? 0
        }
        #expect(pictures == 150)
        #expect(try probe("recording-1.mp4").tracks.first?.frames == 50)
    }

    @Test func `a recording of sound alone has no poster`() async throws {
        let writer = try test.create()
        writer.append(FragmentedTrack.sound.output())
        writer.append(FragmentedTrack.sound.chunks())
        try await writer.finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(!finished.files.contains { $0.kind == .poster || $0.kind == .thumbnails })
        #expect(test.complaints(about: "recording.mp4") == "")
    }

    @Test func `a recording of nothing is finished with checksums alone`() async throws {
        try await test.create().finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.products.isEmpty)
        #expect(finished.duration == .zero)
        #expect(try test.names() == ["checksums.sha256", "manifest.json"])
    }

    @Test func `the poster is a JPEG 640 wide in the shape of the picture`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.files.contains { $0.name == "poster.jpg" && $0.kind == .poster })
        let run = Program.run(
            "ffprobe",
            [
                "-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0",
                test.folder.path.appending("poster.jpg").text,
            ])
        #expect(run.output == "mjpeg,640,480\n")
        #expect(run.errors == "")
    }

    private func chapter(_ title: String, at seconds: Double) -> RecordingChapter {
        RecordingChapter(
            at: TestRecording.origin.advanced(by: .milliseconds(Int64(seconds * 1000))), title: title, source: .moderator)
    }

    @Test func `A-2 chapters stand in the MP4, in WebVTT and in JSON at the instants of their marks`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        let chapters = [chapter("Before & during", at: 9), chapter("Élan", at: 12.5), chapter("Too late", at: 40)]
        _ = try await test.folder.finish(at: test.clock.now(), chapters: chapters)
        let run = Program.run(
            "ffprobe",
            [
                "-v", "error", "-show_entries", "chapter=start_time,end_time:chapter_tags=title", "-of", "csv=p=0",
                test.folder.path.appending("recording.mp4").text,
            ])
        #expect(run.output == "0.000000,2.499000,Before & during\n2.499000,6.021000,Élan\n")
        let text = String(decoding: try test.bytes("chapters.vtt"), as: UTF8.self)
        #expect(text.contains("00:00:00.000 --> 00:00:02.499\nBefore &amp; during\n"))
        let list = String(decoding: try test.bytes("chapters.json"), as: UTF8.self)
        #expect(list.contains(#""title" : "Élan""#) && list.contains(#""at" : "2021-06-16T12:00:12.623000Z""#))
        #expect(test.complaints(about: "recording.mp4") == "")
        #expect(try await test.folder.verify().isWhole)
    }

    @Test func `small pictures lie in a sheet, and a list says where`() async throws {
        let writer = try test.create()
        for start in [10.0, 16, 22] { writer.appendSixSeconds(at: start) }
        try await writer.finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        let names = finished.files.filter { $0.kind == .thumbnails }.map(\.name)
        #expect(names == ["thumbnails.001.jpg", "thumbnails.vtt"])
        let run = Program.run(
            "ffprobe",
            [
                "-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0",
                test.folder.path.appending("thumbnails.001.jpg").text,
            ])
        #expect(run.output == "mjpeg,320,120\n")
        let list = String(decoding: try test.bytes("thumbnails.vtt"), as: UTF8.self)
        #expect(list.contains("00:00:10.000 --> 00:00:18.000\nthumbnails.001.jpg#xywh=160,0,160,120\n"))
    }

    @Test func `sha256sum checks the folder`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(Fingerprint(of: try test.bytes("checksums.sha256")) == finished.checksums)
        let run = Program.run("sha256sum", ["--strict", "-c", "checksums.sha256"], in: test.folder.path.text)
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").count == (try test.names().count) - 1)
    }

    @Test func `finishing again makes the same files`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        let first = try await test.folder.finish(at: test.clock.now())
        let before = try test.snapshot()
        try test.overwrite("recording.mp4", [1, 2, 3])
        try test.overwrite("recording.mp4.partial", [1])
        let second = try await test.folder.finish(at: test.clock.now())
        #expect(try test.snapshot() == before)
        #expect(first == second)
    }

    @Test func `what a crash left is finished after its recovery`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.settle()
        let left = try test.copy()
        try left.overwrite("picture-1.mp4", left.bytes("picture-1.mp4").dropLast(700))
        let finished = try await left.folder.finish(at: left.clock.now())
        #expect(finished.report.hasLoss)
        #expect(left.complaints(about: "recording.mp4") == "")
    }

    @Test func `a finished recording that goes on is no longer finished`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.stopped)
        _ = try await test.folder.finish(at: test.clock.now())
        let (again, _) = try test.resume()
        again.appendSixSeconds(at: 30)
        try await again.finish(.over)
        #expect(try test.folder.manifest().products.isEmpty)
        #expect(!(try test.names()).contains("checksums.sha256"))
        let finished = try await test.folder.finish(at: test.clock.now())
        #expect(finished.duration == .microseconds(26_021_333))
        let gap = try #require(finished.gaps.first)
        #expect(finished.gaps.count == 1)
        #expect(gap.cause == .restart && gap.to.instant.since(gap.from.instant) > .seconds(10))
    }

    @Test func `a recording that is being written is not finished`() async throws {
        let writer = try test.create()
        let error = await #expect(throws: RecordingError.self) { try await test.folder.finish(at: test.clock.now()) }
        #expect(error?.code == .busy)
        withExtendedLifetime(writer) {}
    }

    @Test func `progress rises from 0 to 1`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        let told = Mutex<[Double]>([])
        _ = try await test.folder.finish(at: test.clock.now()) { done in told.withLock { $0.append(done) } }
        let values = told.withLock { $0 }
        #expect(values == values.sorted())
        #expect(values.last == 1)
        #expect(values.count > 20)
    }

    /// When ffprobe finds each frame of a track to be shown.
    private func frameTimes(_ name: String, stream: String) -> [Double] {
        let run = Program.run(
            "ffprobe",
            [
                "-v", "error", "-select_streams", stream, "-show_entries", "frame=pts_time", "-of", "csv=p=0",
                test.folder.path.appending(name).text,
            ])
        return run.output.split(separator: "\n").compactMap { Double($0.prefix { $0 != "," }) }
    }
}
