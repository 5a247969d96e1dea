import Archive
import Identifiers
import Programme
import Recording
import Registration
import Rooms
import Store
import Testing
import Time

@Suite struct RoomAndRecordingTests {
    @Test func `the newest epoch of a session counts`() async throws {
        let fixture = try await Fixture()
        let (store, session) = (fixture.store, fixture.opening.id)
        #expect(try await store.epoch(of: session) == nil)
        let second = SessionEpoch(session: session, number: 2, origin: Fixture.start.advanced(by: .seconds(-5)))
        try await store.save(SessionEpoch(session: session, number: 1, origin: Fixture.start))
        try await store.save(second)
        #expect(try await store.epoch(of: session) == second)
        #expect(await code { try await store.save(SessionEpoch(session: session, number: 0, origin: Fixture.start)) } == .invalid)
    }

    @Test func `a recording is kept through its states`() async throws {
        let fixture = try await Fixture()
        var recording = ArchivedRecording(
            id: RecordingID(at: Fixture.start), session: fixture.opening.id, conference: fixture.conference.id,
            room: fixture.plenary.id, state: .recording, startedAt: Fixture.start)
        try await fixture.store.save(recording)
        #expect(try await fixture.store.unfinishedRecordings() == [recording])
        recording.state = .ready
        recording.endedAt = Fixture.start.advanced(by: .seconds(60))
        recording.duration = .milliseconds(59_960)
        recording.gaps = [RecordingGap(at: Fixture.start.advanced(by: .seconds(20)), seconds: 1.5, cause: .loss)]
        recording.files = [
            RecordingFile(name: "session.mp4", bytes: 1 << 40, sha256: String(repeating: "c", count: 64), seconds: 59.96)
        ]
        recording.checksumsDigest = String(repeating: "d", count: 64)
        recording.chapters = [RecordingChapter(at: Fixture.start, title: "Opening", source: .programme)]
        recording.verificationAskedAt = Fixture.start
        recording.note = "0.4 s were lost."
        recording.verification = .init(at: Fixture.start, files: 3, faults: ["session.mp4 has changed"])
        try await fixture.store.save(recording)
        #expect(try await fixture.store.recording(recording.id) == recording)
        #expect(try await fixture.store.recordings(in: fixture.conference.id) == [recording])
        #expect(try await fixture.store.recordings(of: fixture.opening.id) == [recording])
        #expect(try await fixture.store.unfinishedRecordings().isEmpty)
        #expect(try await fixture.store.recordings(in: fixture.other.id).isEmpty)
    }
}
