import Dispatch
import Files
import Foundation
import Identifiers
import Media
import NIOCore
import Synchronization
import Time

@testable import Recording

/// A recording in a folder that is gone when the test lets go of it, and chunks for it.
final class TestRecording: Sendable {
    /// Time 0 of its time line.
    static let origin = UTCInstant(microseconds: 1_623_844_800_123_456)
    /// The origin of the session's epoch, which the chunker puts 10 s behind time 0.
    static let sessionOrigin = origin.advanced(by: .seconds(10))

    let folder: RecordingFolder
    let clock = TestClock(now: origin.advanced(by: .seconds(10)))
    private let base: String

    init() {
        base = NSTemporaryDirectory() + "hemicycle-\(UUID().uuidString)"
        folder = RecordingFolder(Path(base).appending("recording"))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: base)
    }

    func create(configuration: RecordingWriter.Configuration = .init(), disk: DispatchQueue? = nil) throws -> RecordingWriter {
        let header = RecordingHeader(
            recording: RecordingID(at: Self.origin), session: SessionID(at: Self.origin),
            conference: ConferenceID(at: Self.origin), titles: ["en": "Opening", "fr": "Ouverture"], origin: Self.origin)
        return try RecordingWriter.create(
            folder, header, configuration: configuration, clock: clock, disk: disk ?? DispatchQueue(label: "test"))
    }

    func resume() throws -> (writer: RecordingWriter, report: RecoveryReport) {
        try RecordingWriter.reopen(folder, clock: clock)
    }

    /// The folder as it is now, at another place, for a test to maltreat.
    func copy() throws -> TestRecording {
        let copy = TestRecording()
        try FileManager.default.createDirectory(atPath: copy.base, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: folder.path.text, toPath: copy.folder.path.text)
        return copy
    }

    func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: folder.path.appending(name).text)))
    }

    func overwrite(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path.appending(name).text))
    }

    func names() throws -> [String] { try folder.folder.names() }

    /// Every file of the folder.
    func snapshot() throws -> [String: [UInt8]] {
        try Dictionary(uniqueKeysWithValues: names().map { ($0, try bytes($0)) })
    }

    /// What the ffmpeg program says against a file while it decodes all of it; empty where nothing.
    func complaints(about name: String) -> String {
        let run = Program.run(
            "ffmpeg", ["-v", "warning", "-xerror", "-i", folder.path.appending(name).text, "-f", "null", "-"])
        return run.status == 0 ? run.errors : run.errors + " status \(run.status)"
    }
}

final class TestClock: WallClock {
    private let instant: Mutex<UTCInstant>

    init(now: UTCInstant) {
        instant = Mutex(now)
    }

    func now() -> UTCInstant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 = $0.advanced(by: duration) } }
}

extension FragmentedTrack {
    func output(stretch: Int = 0) -> ChunkerOutput {
        .initialisation(Initialisation(format: format, stretch: stretch, bytes: ByteBuffer(bytes: initialisation)))
    }

    /// The fragments as chunks whose first begins at `start` seconds of the time line.
    func chunks(_ range: Range<Int>? = nil, at start: Double = 10, stretch: Int = 0) -> [ChunkerOutput] {
        let shift = Int64(start * Double(format.timescale))
        let fragments = range.map { Array(self.fragments[$0]) } ?? self.fragments
        let base = fragments.first?.time ?? 0
        return fragments.enumerated().map { place, fragment in
            .chunk(fragment.chunk(format, number: place, time: fragment.time - base + shift, stretch: stretch))
        }
    }
}

extension FragmentedTrack.Fragment {
    fileprivate func chunk(_ format: TrackFormat, number: Int, time: Int64, stretch: Int) -> Chunk {
        var moved = bytes
        for place in 0..<8 { moved[timeOffset + place] = UInt8(truncatingIfNeeded: time >> Int64(56 - 8 * place)) }
        let decodeTime = MediaTime(ticks: time, timescale: format.timescale)
        return Chunk(
            kind: format.kind, stretch: stretch, segment: Int64(number / 4), part: number % 4, decodeTime: decodeTime,
            duration: MediaTime(ticks: duration, timescale: format.timescale), isIndependent: isKey, isDiscontinuous: false,
            instant: TestRecording.origin.advanced(by: decodeTime.duration), bytes: ByteBuffer(bytes: moved))
    }
}

extension RecordingWriter {
    func append(_ outputs: [ChunkerOutput]) {
        for output in outputs { append(output) }
    }

    /// Six seconds of picture and sound.
    func appendSixSeconds(at start: Double = 10) {
        append([FragmentedTrack.smallPicture.output(), FragmentedTrack.sound.output()])
        append(FragmentedTrack.smallPicture.chunks(at: start))
        append(FragmentedTrack.sound.chunks(at: start))
    }
}

extension RecordingWriter {
    /// Returns when everything handed over so far has been written.
    func settle() async throws {
        while state.queuedBytes > 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
}
