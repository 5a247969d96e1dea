import Files
import Media
import Testing

@testable import Recording

@Suite struct RecordingVerificationTests {
    let test = TestRecording()

    private func finished() async throws -> FinishedRecording {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        return try await test.folder.finish(at: test.clock.now())
    }

    @Test func `a finished recording is whole`() async throws {
        let finished = try await finished()
        let report = try await test.folder.verify(checksums: finished.checksums)
        #expect(report.faults == [])
        #expect(report.isFinished)
        #expect(report.files == 10)
        #expect(report.chunks == FragmentedTrack.smallPicture.fragments.count + FragmentedTrack.sound.fragments.count)
    }

    @Test func `one flipped bit in any file is found, and named`() async throws {
        _ = try await finished()
        var generator = SeededGenerator(seed: 9)
        for name in try test.names() {
            let whole = try test.bytes(name)
            for _ in 0..<12 {
                var bytes = whole
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                try test.overwrite(name, bytes)
                let report = try await test.folder.verify()
                #expect(!report.isWhole, "\(name) at \(place)")
                if name != "checksums.sha256" {
                    #expect(report.faults.contains { $0.file == name }, "\(name) at \(place)")
                }
            }
            try test.overwrite(name, whole)
        }
        #expect(try await test.folder.verify().isWhole)
    }

    @Test func `every bit of an index counts`() async throws {
        let writer = try test.create()
        writer.append(FragmentedTrack.sound.output())
        writer.append(FragmentedTrack.sound.chunks(0..<2))
        try await writer.finish(.over)
        let whole = try test.bytes("sound-1.index")
        for place in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[place] ^= 1 << UInt8(bit)
                try test.overwrite("sound-1.index", bytes)
                let name = StretchName(track: .sound, number: 1)
                #expect(!(try StretchReader.read(name, of: test.folder, .everything).isWhole), "byte \(place), bit \(bit)")
            }
        }
    }

    @Test func `a fault in the media is named by the bytes of its chunk, and the others are still checked`() async throws {
        _ = try await finished()
        var bytes = try test.bytes("picture-1.mp4")
        let first = FragmentedTrack.smallPicture.initialisation.count
        let lengths = FragmentedTrack.smallPicture.fragments.map(\.bytes.count)
        let second = first + lengths[0]
        bytes[second + 900] ^= 2
        bytes[bytes.count - 5] ^= 2
        try test.overwrite("picture-1.mp4", bytes)
        let ranges = try await test.folder.verify().faults.filter { $0.file == "picture-1.mp4" }.compactMap(\.range)
        #expect(
            ranges == [Int64(second)..<Int64(second + lengths[1]), Int64(bytes.count - (lengths.last ?? 0))..<Int64(bytes.count)])
    }

    @Test func `a damaged line is one fault, and the chain goes on behind it`() async throws {
        _ = try await finished()
        var bytes = try test.bytes("sound-1.index")
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        bytes[lines[3].startIndex + 30] ^= 1
        try test.overwrite("sound-1.index", bytes)
        let faults = try await test.folder.verify().faults.filter { $0.file == "sound-1.index" }
        #expect(faults.compactMap(\.range) == [Int64(lines[3].startIndex)..<Int64(lines[3].endIndex + 1)])
    }

    @Test func `a folder in which everything was recomputed is not the one that was kept`() async throws {
        let kept = try await finished().checksums
        try test.overwrite("poster.jpg", [1, 2, 3])
        let forged = try test.folder.fingerprint(of: "poster.jpg")
        let lines = String(decoding: try test.bytes("checksums.sha256"), as: UTF8.self).split(separator: "\n")
        let list = lines.map { $0.hasSuffix("poster.jpg") ? "\(forged)  poster.jpg" : String($0) }.joined(separator: "\n") + "\n"
        try test.overwrite("checksums.sha256", Array(list.utf8))
        #expect(try await test.folder.verify().isWhole)
        #expect(try await test.folder.verify(checksums: kept).faults.map(\.file) == ["checksums.sha256"])
    }

    @Test func `a file that was taken away or added is found`() async throws {
        let kept = try await finished().checksums
        let whole = try test.snapshot()
        for name in whole.keys {
            try test.folder.folder.remove(name)
            #expect(!(try await test.folder.verify(checksums: kept).isWhole), "\(name) removed")
            try test.overwrite(name, whole[name] ?? [])
        }
        try test.overwrite("notes.txt", [1])
        #expect(try await test.folder.verify(checksums: kept).faults.map(\.file) == ["notes.txt"])
    }

    @Test func `chunks cut from the end of an ended recording are missed`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        let index = try test.bytes("sound-1.index")
        let lines = index.split(separator: UInt8(ascii: "\n"))
        try test.overwrite("sound-1.index", index.dropLast((lines.last?.count ?? 0) + 1))
        let last = FragmentedTrack.sound.fragments.last?.bytes.count ?? 0
        try test.overwrite("sound-1.mp4", test.bytes("sound-1.mp4").dropLast(last))
        #expect(try await test.folder.verify().faults.map(\.file) == ["sound-1.mp4"])
    }

    @Test func `a torn end is no fault while the recording goes on`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.settle()
        let left = try test.copy()
        try left.overwrite("sound-1.mp4", left.bytes("sound-1.mp4").dropLast(100))
        let report = try await left.folder.verify()
        #expect(report.isRunning)
        #expect(report.isWhole)
    }

    @Test func `verification that is to spare the disk takes its time and finds the same`() async throws {
        let test = TestRecording()
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.finish(.over)
        _ = try await test.folder.finish(at: test.clock.now())
        let bytes = try test.snapshot().values.reduce(0) { $0 + $1.count }
        let began = ContinuousClock.now
        #expect(try await test.folder.verify(rate: 4 * bytes).isWhole)
        // The media is read once against its index, and all of it once against its sums.
        #expect(.now - began > .milliseconds(250))
    }
}
