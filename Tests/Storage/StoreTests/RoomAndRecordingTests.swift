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
    @Test func `a removal replaces the earlier one and is lifted`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example")
        try await fixture.store.add(ada)
        let first = Removal(
            session: fixture.opening.id, participant: ada.id, reason: "noise", actor: "command-line", instant: Fixture.start)
        let second = Removal(
            session: fixture.opening.id, participant: ada.id, reason: "more noise", actor: "command-line",
            instant: Fixture.start.advanced(by: .seconds(1)))
        try await fixture.store.add(first)
        try await fixture.store.add(second)
        #expect(try await fixture.store.removals(in: fixture.conference.id) == [second])
        #expect(try await fixture.store.removals(in: fixture.other.id).isEmpty)
        try await fixture.store.readmit(ada.id, to: fixture.opening.id)
        try await fixture.store.readmit(ada.id, to: fixture.opening.id)
        #expect(try await fixture.store.removals(in: fixture.conference.id).isEmpty)
    }

    @Test func `a removal needs a session and a participant of one conference`() async throws {
        let fixture = try await Fixture()
        let stranger = try fixture.participant("eve@parliament.example", in: fixture.other)
        try await fixture.store.add(stranger)
        for (session, participant) in [(fixture.opening.id, stranger.id), (SessionID(at: Fixture.start), stranger.id)] {
            let removal = Removal(
                session: session, participant: participant, reason: "", actor: "command-line", instant: Fixture.start)
            #expect(await code { try await fixture.store.add(removal) } == .missing)
        }
    }

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
