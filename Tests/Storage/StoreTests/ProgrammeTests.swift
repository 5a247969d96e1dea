import Identifiers
import Programme
import Store
import Testing
import Time

@Suite struct ProgrammeTests {
    @Test func `what was added comes back as it was`() async throws {
        let fixture = try await Fixture()
        let store = fixture.store
        #expect(try await Set(store.conferences()) == [fixture.conference, fixture.other])
        #expect(try await store.conference(fixture.conference.id) == fixture.conference)
        #expect(try await store.conference(slug: "wepc-2021") == fixture.conference)
        #expect(try await store.conference(slug: "nobody") == nil)
        #expect(try await store.room(fixture.annex.id) == fixture.annex)
        #expect(try await store.session(fixture.opening.id) == fixture.opening)
    }

    @Test func `rooms come in the order in which they were added`() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.store.rooms(in: fixture.conference.id) == [fixture.plenary, fixture.annex])
    }

    @Test func `a slug belongs to one conference`() async throws {
        let fixture = try await Fixture()
        let again = Fixture.conference("wepc-2021")
        let room = Fixture.room("New", in: again)
        #expect(await code { try await fixture.store.add(again, rooms: [room]) } == .conflict)
        #expect(try await fixture.store.room(room.id) == nil)
    }

    @Test func `a failed write leaves nothing behind`() async throws {
        let fixture = try await Fixture()
        let third = Fixture.conference("third")
        #expect(await code { try await fixture.store.add(third, rooms: [fixture.plenary]) } == .conflict)
        #expect(try await fixture.store.conference(third.id) == nil)
    }

    @Test func `the newest published version counts, and a session keeps its id`() async throws {
        let fixture = try await Fixture()
        let moved = Fixture.session("Opening, moved", in: fixture.annex, id: fixture.opening.id)
        let extra = Fixture.session("Closing", in: fixture.plenary)
        let version = try await fixture.store.publish([moved, extra], in: fixture.conference.id)
        #expect(version.number == 2)
        #expect(version.state == .published)
        #expect(try await fixture.store.session(fixture.opening.id) == moved)
        #expect(try await Set(fixture.store.sessions(in: fixture.conference.id)) == [moved, extra])
        #expect(try await fixture.store.publish([extra], in: fixture.conference.id).number == 3)
        #expect(try await fixture.store.session(fixture.opening.id) == nil)
    }

    @Test func `a session cannot be in another conference's room or programme`() async throws {
        let fixture = try await Fixture()
        let strayed = Session(
            id: SessionID(at: Fixture.start), conference: fixture.conference.id, room: fixture.otherRoom.id,
            title: LocalisedText("Strayed"), abstract: nil, format: .drafting, audiences: [], startsAt: Fixture.start,
            endsAt: Fixture.start.advanced(by: .seconds(60)), isRecorded: false)
        #expect(await code { _ = try await fixture.store.publish([strayed], in: fixture.conference.id) } == .missing)
        #expect(await code { _ = try await fixture.store.publish([fixture.opening], in: fixture.other.id) } == .missing)
        #expect(try await fixture.store.sessions(in: fixture.conference.id) == [fixture.opening])
    }

    @Test func `a session that ends before it starts is refused`() async throws {
        let fixture = try await Fixture()
        let backwards = Session(
            id: SessionID(at: Fixture.start), conference: fixture.conference.id, room: fixture.annex.id,
            title: LocalisedText("Backwards"), abstract: nil, format: .drafting, audiences: [], startsAt: Fixture.start,
            endsAt: Fixture.start, isRecorded: false)
        #expect(await code { _ = try await fixture.store.publish([backwards], in: fixture.conference.id) } == .invalid)
    }

    @Test func `the latest override counts until it is lifted`() async throws {
        let fixture = try await Fixture()
        let (store, session) = (fixture.store, fixture.opening.id)
        try await store.setOverride(.open, of: session)
        try await store.setOverride(.closed, of: session)
        #expect(try await store.overrides(in: fixture.conference.id) == [session: .closed])
        #expect(try await store.overrides(in: fixture.other.id).isEmpty)
        try await store.setOverride(nil, of: session)
        #expect(try await store.overrides(in: fixture.conference.id).isEmpty)
        #expect(await code { try await store.setOverride(.open, of: SessionID(at: Fixture.start)) } == .missing)
    }
}
