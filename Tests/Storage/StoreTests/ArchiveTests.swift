import Access
import Archive
import Identifiers
import Programme
import Recording
import Store
import Testing
import Time

@Suite struct ArchiveTests {
    private func at(_ seconds: Int) -> UTCInstant { Fixture.start.advanced(by: .seconds(seconds)) }

    private func session(_ title: String, in room: Room, speakers: [Speaker] = []) -> Session {
        Session(
            id: SessionID(at: Fixture.start), conference: room.conference, room: room.id, title: LocalisedText(title),
            abstract: LocalisedText("Débat sur l’énergie", language: "fr"), speakers: speakers, format: .debate,
            audiences: [.members], startsAt: Fixture.start, endsAt: at(3600), isRecorded: true)
    }

    private func record(_ session: Session, at seconds: Int, in fixture: Fixture) async throws -> ArchivedRecording {
        let recording = ArchivedRecording(
            id: RecordingID(at: at(seconds)), session: session.id, conference: session.conference, room: session.room,
            state: .ready, startedAt: at(seconds))
        try await fixture.store.save(recording)
        return recording
    }

    @Test func `recordings are found by words of title, abstract and speakers, in any language, case and accent`() async throws {
        let fixture = try await Fixture()
        let sessions = [
            session("Open data", in: fixture.plenary, speakers: [Speaker("Lucía Benavides", of: "Congreso")]),
            session("Closing", in: fixture.annex),
        ]
        _ = try await fixture.store.publish(sessions, in: fixture.conference.id)
        let data = try await record(sessions[0], at: 0, in: fixture)
        let closing = try await record(sessions[1], at: 10, in: fixture)
        func find(_ text: String) async throws -> [RecordingID] {
            try await fixture.store.recordings(
                RecordingSearch(
                    in: fixture.conference.id, rooms: [fixture.plenary.id, fixture.annex.id], words: SearchWords.asked(text))
            ).map(\.id)
        }
        #expect(try await find("OPEN dat") == [data.id])
        #expect(try await find("lucia") == [data.id])
        #expect(try await find("congres") == [data.id])
        #expect(try await find("energie") == [closing.id, data.id])
        #expect(try await find("energie closing") == [closing.id])
        #expect(try await find("nergie") == [])
        #expect(try await find("%") == [closing.id, data.id])
        #expect(try await fixture.store.session(sessions[0].id) == sessions[0])
    }

    @Test func `a later version of the programme changes what a session is found by, and one that leaves it out does not`()
        async throws
    {
        let fixture = try await Fixture()
        let recording = try await record(fixture.opening, at: 0, in: fixture)
        func find(_ word: String) async throws -> [RecordingID] {
            try await fixture.store.recordings(
                RecordingSearch(in: fixture.conference.id, rooms: [fixture.plenary.id], words: [word])
            ).map(\.id)
        }
        #expect(try await find("opening") == [recording.id])
        let renamed = Fixture.session("Welcome", in: fixture.plenary, id: fixture.opening.id)
        _ = try await fixture.store.publish([renamed], in: fixture.conference.id)
        #expect(try await find("opening") == [])
        _ = try await fixture.store.publish([], in: fixture.conference.id)
        #expect(try await find("welcome") == [recording.id])
    }

    @Test func `a search goes page by page, and by room, session and time`() async throws {
        let fixture = try await Fixture()
        var recordings: [ArchivedRecording] = []
        // Two began in the same instant.
        for seconds in [0, 10, 10, 20, 30] { recordings.append(try await record(fixture.opening, at: seconds, in: fixture)) }
        var search = RecordingSearch(in: fixture.conference.id, rooms: [fixture.plenary.id, fixture.annex.id], limit: 2)
        var found: [RecordingID] = []
        while true {
            let page = try await fixture.store.recordings(search).map(\.id)
            guard !page.isEmpty else { break }
            found += page
            search.after = page.last
        }
        #expect(Set(found) == Set(recordings.map(\.id)) && found.count == 5)
        #expect(found.first == recordings.last?.id && found.last == recordings.first?.id)
        search.after = nil
        search.began = at(10)..<at(30)
        search.limit = 10
        #expect(try await fixture.store.recordings(search).count == 3)
        search.session = SessionID(at: Fixture.start)
        #expect(try await fixture.store.recordings(search).isEmpty)
        (search.session, search.rooms) = (nil, [fixture.annex.id])
        #expect(try await fixture.store.recordings(search).isEmpty)
        search.rooms = []
        #expect(try await fixture.store.recordings(search).isEmpty)
        let starts = try await fixture.store.recordingStarts(in: fixture.conference.id, rooms: [fixture.plenary.id])
        #expect(starts == [0, 10, 10, 20, 30].map(at))
    }

    @Test func `what was asked for is verified first, then what was verified longest ago`() async throws {
        let fixture = try await Fixture()
        var (never, once, asked) = (
            try await record(fixture.opening, at: 0, in: fixture), try await record(fixture.opening, at: 1, in: fixture),
            try await record(fixture.opening, at: 2, in: fixture)
        )
        never.endedAt = at(50)
        once.endedAt = at(40)
        once.verification = .init(at: at(100), files: 1, faults: [])
        asked.endedAt = at(200)
        asked.verificationAskedAt = at(300)
        for recording in [never, once, asked] { try await fixture.store.save(recording) }
        func next(_ due: Int?) async throws -> RecordingID? {
            try await fixture.store.recordingToVerify(due: due.map(at))?.id
        }
        #expect(try await next(1000) == asked.id)
        asked.verificationAskedAt = nil
        asked.verification = .init(at: at(1000), files: 1, faults: [])
        try await fixture.store.save(asked)
        #expect(try await next(500) == never.id)
        #expect(try await next(49) == nil)
        #expect(try await next(nil) == nil)
        never.state = .finishing
        try await fixture.store.save(never)
        #expect(try await next(500) == once.id)
    }

    @Test func `marks are kept in the order of time, changed and removed`() async throws {
        let fixture = try await Fixture()
        func mark(_ title: String, _ seconds: Int) -> Mark {
            Mark(
                id: MarkID(at: Fixture.start), session: fixture.opening.id, conference: fixture.conference.id, at: at(seconds),
                title: title)
        }
        var (late, early) = (mark("late", 20), mark("early", 10))
        for mark in [late, early] { try await fixture.store.save(mark) }
        #expect(try await fixture.store.marks(of: fixture.opening.id) == [early, late])
        (early.at, early.title) = (at(30), "later still")
        try await fixture.store.save(early)
        #expect(try await fixture.store.marks(of: fixture.opening.id) == [late, early])
        try await fixture.store.remove(late.id)
        #expect(try await fixture.store.mark(late.id) == nil)
        late.title = ""
        let empty = late
        #expect(await code { try await fixture.store.save(empty) } == .invalid)
    }
}
