import Foundation
import Media
import Testing
import Time

@testable import Recording

@Suite struct RecordingRecoveryTests {
    let test = TestRecording()

    /// A folder as a killed program leaves it.
    private func interrupted() async throws -> TestRecording {
        let writer = try test.create()
        writer.appendSixSeconds()
        try await writer.settle()
        return try test.copy()
    }

    @Test func `a killed program loses nothing that was written`() async throws {
        let left = try await interrupted()
        let before = try left.snapshot()
        let report = try left.folder.recover(at: left.clock.now())
        #expect(report.wasInterrupted)
        #expect(!report.hasLoss)
        #expect(report.tracks.map(\.keptUntil?.text) == ["2021-06-16T12:00:16.123Z", "2021-06-16T12:00:16.144Z"])
        for name in ["picture-1.mp4", "picture-1.index", "sound-1.mp4", "sound-1.index"] {
            #expect(try left.bytes(name) == before[name])
        }
        #expect(try left.folder.manifest().runs.map(\.ending) == [.lost])
    }

    enum Cut: CaseIterable {
        case midChunk, midLine, indexWithoutMedia, mediaWithoutIndex
    }

    @Test(arguments: Cut.allCases)
    func `what is torn is cut to the last whole chunk`(cut: Cut) async throws {
        let left = try await interrupted()
        let (media, index) = (try left.bytes("picture-1.mp4"), try left.bytes("picture-1.index"))
        let lines = index.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        let lastLine = lines.last.map { $0.count + 1 } ?? 0
        let lastChunk = FragmentedTrack.smallPicture.fragments.last?.bytes.count ?? 0
        switch cut {
        case .midChunk: try left.overwrite("picture-1.mp4", media.dropLast(lastChunk / 2))
        case .midLine: try left.overwrite("picture-1.index", index.dropLast(lastLine / 2))
        case .indexWithoutMedia: try left.overwrite("picture-1.mp4", media.dropLast(lastChunk))
        case .mediaWithoutIndex: try left.overwrite("picture-1.index", index.dropLast(lastLine))
        }
        let report = try left.folder.recover(at: left.clock.now())
        #expect(try left.bytes("picture-1.mp4") == media.dropLast(lastChunk))
        #expect(try left.bytes("picture-1.index") == index.dropLast(lastLine))
        #expect(report.tracks.first?.keptUntil?.text == "2021-06-16T12:00:15.643Z")
        #expect(report.hasLoss)
        let loss = try #require(try left.folder.manifest().losses.first)
        #expect(loss.words.contains("kept until 2021-06-16T12:00:15.643456Z"))
        #expect(left.complaints(about: "picture-1.mp4") == "")
    }

    @Test func `any cut at any place leaves a valid recording, and recovering twice is recovering once`() async throws {
        let left = try await interrupted()
        let whole = try left.snapshot()
        var generator = SeededGenerator(seed: 20_210_616)
        for round in 0..<100 {
            for name in ["picture-1.mp4", "picture-1.index", "sound-1.mp4", "sound-1.index", "manifest.json"] {
                try left.overwrite(name, whole[name] ?? [])
            }
            let track = Bool.random(using: &generator) ? "picture-1" : "sound-1"
            try cut(left, track + ".mp4", whole, atLeast: 1024, using: &generator)
            try cut(left, track + ".index", whole, atLeast: 512, using: &generator)
            _ = try left.folder.recover(at: left.clock.now())
            let once = try left.snapshot()
            _ = try left.folder.recover(at: left.clock.now())
            #expect(try left.snapshot() == once, "round \(round)")
            for name in try left.folder.stretches() {
                let reading = try StretchReader.read(name, of: left.folder, .everything)
                #expect(reading.faults == [], "round \(round)")
            }
        }
    }

    /// Cuts a file at a random place, and half the time puts noise behind that.
    private func cut(
        _ left: TestRecording, _ name: String, _ whole: [String: [UInt8]], atLeast: Int, using generator: inout SeededGenerator
    ) throws {
        let bytes = whole[name] ?? []
        let kept = bytes.prefix(Int.random(in: atLeast...bytes.count, using: &generator))
        let noise = Bool.random(using: &generator) ? (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) } : []
        try left.overwrite(name, kept + noise)
    }

    @Test func `a recording goes on in its files after a restart, with the gap noted`() async throws {
        let left = try await interrupted()
        let (writer, report) = try left.resume()
        #expect(report.wasInterrupted)
        writer.appendSixSeconds(at: 30)
        try await writer.finish(.over)
        let manifest = try left.folder.manifest()
        #expect(manifest.runs.map(\.ending) == [.lost, .over])
        #expect(manifest.tracks.map(\.stretches.count) == [1, 1])
        #expect(manifest.tracks.flatMap(\.gaps).map(\.cause) == [.restart, .restart])
        #expect(writer.state.chunks == 2 * (FragmentedTrack.smallPicture.fragments.count + FragmentedTrack.sound.fragments.count))
        #expect(left.complaints(about: "picture-1.mp4") == "")
    }

    @Test func `the picture goes on at a key frame after a restart`() async throws {
        let left = try await interrupted()
        let (writer, _) = try left.resume()
        writer.append(FragmentedTrack.smallPicture.output())
        writer.append(FragmentedTrack.smallPicture.chunks(1..<6, at: 30))
        try await writer.finish(.over)
        let gap = try #require(try left.folder.manifest().tracks.first?.gaps.first)
        #expect(gap.to.text == "2021-06-16T12:00:30.603456Z")
    }

    @Test func `a restart with other coding parameters goes on in a new file`() async throws {
        let left = try await interrupted()
        let (writer, _) = try left.resume()
        writer.append(FragmentedTrack.largePicture.output())
        writer.append(FragmentedTrack.largePicture.chunks(at: 30))
        try await writer.finish(.over)
        #expect(try left.folder.manifest().tracks.first?.stretches.map(\.file) == ["picture-1.mp4", "picture-2.mp4"])
    }

    @Test func `recovering a recording that ended well changes nothing`() async throws {
        let writer = try test.create()
        writer.appendSixSeconds(at: 10)
        writer.appendSixSeconds(at: 20)
        try await writer.finish(.over)
        let left = try test.copy()
        let before = try left.snapshot()
        #expect(!(try left.folder.recover(at: left.clock.now())).wasInterrupted)
        #expect(try left.snapshot() == before)
    }

    @Test func `a stretch that was being begun is removed`() async throws {
        let left = try await interrupted()
        try left.overwrite("picture-2.mp4", [0, 0, 0, 24])
        try left.overwrite("picture-2.index", [])
        _ = try left.folder.recover(at: left.clock.now())
        #expect(!(try left.names()).contains { $0.hasPrefix("picture-2") })
    }

    @Test func `partial files are removed`() async throws {
        let left = try await interrupted()
        try left.overwrite("manifest.json.partial", [1, 2, 3])
        _ = try left.folder.recover(at: left.clock.now())
        #expect(!(try left.names()).contains("manifest.json.partial"))
    }

    @Test func `damage before the end is not cut away`() async throws {
        let left = try await interrupted()
        let (writer, _) = try left.resume()
        writer.append(FragmentedTrack.largePicture.output())
        writer.append(FragmentedTrack.largePicture.chunks(at: 30))
        try await writer.finish(.over)
        let damaged = try left.copy()
        var bytes = try damaged.bytes("picture-1.mp4")
        bytes[bytes.count / 2] ^= 4
        try damaged.overwrite("picture-1.mp4", bytes)
        let before = try damaged.snapshot()
        let error = #expect(throws: RecordingError.self) { try damaged.folder.recover(at: damaged.clock.now()) }
        #expect(error?.code == .damaged)
        #expect(error?.message.hasPrefix("picture-1.mp4, bytes ") == true)
        #expect(try damaged.snapshot() == before)
    }

    @Test func `a header that does not read is damage where chunks stand behind it`() async throws {
        let left = try await interrupted()
        var bytes = try left.bytes("sound-1.index")
        bytes[20] ^= 1
        try left.overwrite("sound-1.index", bytes)
        let error = #expect(throws: RecordingError.self) { try left.folder.recover(at: left.clock.now()) }
        #expect(error?.code == .damaged)
    }

    @Test func `a folder of a later release is left alone`() async throws {
        try await test.create().finish(.over)
        var manifest = String(decoding: try test.bytes("manifest.json"), as: UTF8.self)
        manifest = manifest.replacing("\"format\" : 1", with: "\"format\" : 2")
        let body = manifest.prefix(upTo: try #require(manifest.range(of: ",\n  \"sha256\"")?.lowerBound))
        let digest = Fingerprint(of: Array(body.utf8))
        try test.overwrite("manifest.json", Array("\(body),\n  \"sha256\" : \"\(digest)\"\n}\n".utf8))
        let error = #expect(throws: RecordingError.self) { try test.folder.recover(at: test.clock.now()) }
        #expect(error?.code == .unknownFormat)
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
