import Dispatch
import Files
import Media
import NIOCore
import Testing
import Time

@testable import Recording

@Suite struct RecordingWriterTests {
    let test = TestRecording()

    @Test func `a track's file is its initialisation section and its chunks, and plays`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        #expect(
            try test.names() == ["manifest.json", "picture-1.index", "picture-1.mp4", "sound-1.index", "sound-1.mp4"])
        let chunks = FragmentedTrack.sound.chunks().flatMap { output -> [UInt8] in
            if case .chunk(let chunk) = output { Array(buffer: chunk.bytes) } else { [] }
        }
        #expect(try test.bytes("sound-1.mp4") == FragmentedTrack.sound.initialisation + chunks)
        #expect(test.complaints(about: "picture-1.mp4") == "")
        #expect(test.complaints(about: "sound-1.mp4") == "")
    }

    @Test func `a file plays while it grows`() async throws {
        let writer = try test.create()
        writer.append(FragmentedTrack.smallPicture.output())
        writer.append(FragmentedTrack.smallPicture.chunks(0..<5))
        try await writer.settle()
        #expect(test.complaints(about: "picture-1.mp4") == "")
    }

    @Test func `the manifest tells what there is, in the words of the format`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        test.clock.advance(by: .seconds(7))
        try await writer.finish(.moderator)
        let manifest = try test.folder.manifest()
        #expect(manifest.origin.text == "2021-06-16T12:00:00.123456Z")
        #expect(manifest.titles["fr"] == "Ouverture")
        #expect(manifest.runs.map(\.ending) == [.moderator])
        #expect(manifest.tracks.map(\.track) == [.picture, .sound])
        let picture = try #require(manifest.tracks.first?.stretches.first)
        #expect(picture.coding.width == 160)
        #expect(picture.chunks == FragmentedTrack.smallPicture.fragments.count)
        #expect(picture.from.text == "2021-06-16T12:00:10.123456Z")
        #expect(picture.to.text == "2021-06-16T12:00:16.123456Z")
        #expect(Int(picture.bytes) == (try test.bytes("picture-1.mp4").count))
    }

    @Test func `media that did not arrive is a gap with its cause`() async throws {
        let writer = try test.create()
        writer.append(FragmentedTrack.smallPicture.output())
        writer.append(FragmentedTrack.smallPicture.chunks(at: 10) + FragmentedTrack.smallPicture.chunks(at: 26))
        try await writer.finish(.over)
        let gap = try #require(try test.folder.manifest().tracks.first?.gaps.first)
        #expect(gap.from.text == "2021-06-16T12:00:16.123456Z")
        #expect(gap.to.text == "2021-06-16T12:00:26.123456Z")
        #expect(gap.cause == .source)
    }

    @Test func `what is paused is a gap with that cause, from the first chunk left out to the next key frame`() async throws {
        let writer = try test.create()
        let picture = FragmentedTrack.smallPicture
        writer.append(picture.output())
        writer.append(picture.chunks(at: 10))
        for _ in 0..<12 { writer.leaveOut(.picture, .paused) }
        writer.append(picture.chunks(at: 26).dropFirst(1).map(\.self))
        try await writer.finish(.over)
        #expect(writer.state.gaps.map(\.cause) == [.paused])
        #expect(writer.state.gaps.map(\.to.text) == ["2021-06-16T12:00:27.123456Z"])
        #expect(writer.state.leftOut == 1, "the one that cannot be decoded alone")
    }

    @Test func `an alarm comes before the loss`() async throws {
        let disk = DispatchQueue(label: "slow disk")
        let sound = FragmentedTrack.sound
        let bytes = sound.chunks(at: 10).reduce(0) { sum, output in
            if case .chunk(let chunk) = output { sum + chunk.bytes.readableBytes } else { sum }
        }
        let writer = try test.create(configuration: .init(queueBytes: bytes + 1), disk: disk)
        try await writer.settle()
        disk.suspend()
        writer.append(sound.output())
        writer.append(sound.chunks(at: 10))
        #expect(writer.state.alarms == [.diskSlow])
        disk.resume()
        try await writer.finish(.over)
        #expect(writer.state.leftOut == 0)
    }

    @Test func `new coding parameters begin a new file, the same ones do not`() async throws {
        let writer = try test.create()
        writer.append(FragmentedTrack.smallPicture.output(stretch: 0))
        writer.append(FragmentedTrack.smallPicture.chunks(at: 10, stretch: 0))
        writer.append(FragmentedTrack.smallPicture.output(stretch: 1))
        writer.append(FragmentedTrack.smallPicture.chunks(at: 20, stretch: 1))
        writer.append(FragmentedTrack.largePicture.output(stretch: 2))
        writer.append(FragmentedTrack.largePicture.chunks(at: 30, stretch: 2))
        try await writer.finish(.over)
        let stretches = try test.folder.manifest().tracks.flatMap(\.stretches)
        #expect(stretches.map(\.file) == ["picture-1.mp4", "picture-2.mp4"])
        #expect(stretches.map(\.coding.width) == [160, 320])
        #expect(test.complaints(about: "picture-1.mp4") == "")
        #expect(test.complaints(about: "picture-2.mp4") == "")
    }

    @Test func `a chunk that runs backwards is left out, and the picture goes on at a key frame`() async throws {
        let writer = try test.create()
        writer.append(FragmentedTrack.smallPicture.output())
        writer.append(FragmentedTrack.smallPicture.chunks(0..<4, at: 10))
        writer.append(FragmentedTrack.smallPicture.chunks(0..<1, at: 5))
        writer.append(FragmentedTrack.smallPicture.chunks(at: 20).dropFirst(1).map(\.self))
        try await writer.finish(.over)
        #expect(writer.state.leftOut == 2)
        let gaps = try test.folder.manifest().tracks.flatMap(\.gaps)
        #expect(gaps.map(\.cause) == [.refused])
        #expect(gaps.map(\.to.text) == ["2021-06-16T12:00:21.123456Z"])
    }

    @Test func `a chunk of an unknown stretch is left out`() async throws {
        let writer = try test.create()
        writer.append(FragmentedTrack.smallPicture.output(stretch: 0))
        writer.append(FragmentedTrack.smallPicture.chunks(stretch: 3))
        try await writer.finish(.over)
        #expect(writer.state.chunks == 0)
        #expect(try test.names() == ["manifest.json"])
    }

    @Test func `a slow disk costs media but never waits, and says so`() async throws {
        let disk = DispatchQueue(label: "slow disk")
        let sound = FragmentedTrack.sound
        let writer = try test.create(configuration: .init(queueBytes: sound.initialisation.count + 16_000), disk: disk)
        try await writer.settle()
        disk.suspend()
        writer.append(sound.output())
        writer.append(sound.chunks(at: 10))
        #expect(writer.state.alarms.contains(.overrun))
        #expect(writer.state.queuedBytes <= sound.initialisation.count + 16_000)
        disk.resume()
        try await writer.settle()
        writer.append(sound.chunks(0..<2, at: 20))
        #expect(!writer.state.alarms.contains(.overrun))
        try await writer.finish(.over)
        #expect(writer.state.leftOut > 0)
        #expect(writer.state.chunks + writer.state.leftOut == sound.fragments.count + 2)
        #expect(try test.folder.manifest().tracks.flatMap(\.gaps).map(\.cause) == [.overrun])
        #expect(test.complaints(about: "sound-1.mp4") == "")
    }

    @Test func `everything is synced within the interval`() async throws {
        let writer = try test.create(configuration: .init(syncInterval: .milliseconds(20)))
        writer.appendSixSeconds()
        try await writer.settle()
        for _ in 0..<200 where !writer.state.isSynced { try await Task.sleep(for: .milliseconds(10)) }
        #expect(writer.state.isSynced)
        #expect(writer.state.exposure() == .zero)
        #expect(writer.state.duration == .microseconds(6_021_333))
        #expect(writer.state.bytesOnDisk > 100_000)
    }

    @Test func `a folder has one writer at a time`() async throws {
        let writer = try test.create()
        let error = #expect(throws: RecordingError.self) { try test.resume() }
        #expect(error?.code == .busy)
        withExtendedLifetime(writer) {}
    }

    @Test func `a recording is not begun twice, and none is resumed where none is`() async throws {
        #expect(throws: RecordingError.self) { try test.resume() }
        try await test.create().finish(.over)
        let error = #expect(throws: RecordingError.self) { try test.create() }
        #expect(error?.code == .alreadyExists)
    }

    @Test func `after the end nothing is taken`() async throws {
        let writer = try test.create(configuration: .init(syncInterval: .milliseconds(20)))
        writer.appendSixSeconds()
        try await writer.finish(.over)
        let before = try test.snapshot()
        writer.append(FragmentedTrack.sound.chunks(at: 40))
        writer.noteClock(ahead: .seconds(3600), at: test.clock.now())
        try await writer.settle()
        for _ in 0..<20 where writer.state.isSynced { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try test.snapshot() == before)
    }
}
