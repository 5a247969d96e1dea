import Access
import Events
import Identifiers
import Programme
import Registration
import Rooms
import Store
import Testing
import Time

@Suite struct RemovalTests {
    private struct House {
        let fixture: Fixture
        let ada: Participant
        var store: ConferenceStore { fixture.store }

        init() async throws {
            fixture = try await Fixture()
            ada = try fixture.participant("ada@parliament.example")
            try await fixture.store.add(ada)
        }

        func draft(_ extent: RemovalExtent = .session, of participant: ParticipantID? = nil, in session: SessionID? = nil)
            -> RemovalDraft
        {
            RemovalDraft(
                session: session ?? fixture.opening.id, participant: participant ?? ada.id, extent: extent, reason: "noise",
                actor: .participant(ada.id), instant: Fixture.start)
        }

        func standing() async throws -> [Int] {
            try await store.standingRemovals(in: fixture.conference.id).map(\.number)
        }
    }

    @Test func `a removal stands once, is lifted once, and its line stays in the ledger (M-5)`() async throws {
        let house = try await House()
        let first = try await house.store.add(house.draft())
        #expect(try await house.store.add(house.draft()) == first)
        #expect(first.number == 1 && first.name == "Ada Doe" && first.actorName == "Ada Doe" && first.readmission == nil)
        #expect(try await house.standing() == [1])

        let lifted = Readmission(actor: .commandLine, instant: Fixture.start.advanced(by: .seconds(5)))
        try await house.store.note(lifted, of: first)
        try await house.store.note(Readmission(actor: .participant(house.ada.id), instant: Fixture.start), of: first)
        #expect(try await house.standing() == [])
        #expect(try await house.store.removal(1, in: house.fixture.conference.id)?.readmission == lifted)
        #expect(try await house.store.add(house.draft()).number == 2)
    }

    @Test func `a removal from the conference stands beside one from a session`() async throws {
        let house = try await House()
        _ = try await house.store.add(house.draft())
        let ban = try await house.store.add(house.draft(.conference))
        #expect(ban.number == 2 && ban.extent == .conference)
        #expect(try await house.standing() == [1, 2])
        var search = RemovalSearch(in: house.fixture.conference.id, limit: 1)
        #expect(try await house.store.removals(search).map(\.number) == [2])
        search.after = 2
        #expect(try await house.store.removals(search).map(\.number) == [1])
        try await house.store.note(Readmission(actor: .commandLine, instant: Fixture.start), of: ban)
        (search.after, search.areStanding, search.limit) = (nil, true, 10)
        #expect(try await house.store.removals(search).map(\.number) == [1])
        #expect(try await house.store.removals(RemovalSearch(in: house.fixture.other.id, limit: 10)).isEmpty)
    }

    @Test func `a removal needs a session and a participant of one conference`() async throws {
        let house = try await House()
        let stranger = try house.fixture.participant("eve@parliament.example", in: house.fixture.other)
        try await house.store.add(stranger)
        let drafts = [house.draft(of: stranger.id), house.draft(in: SessionID(at: Fixture.start.advanced(by: .seconds(9))))]
        for draft in drafts { #expect(await code { _ = try await house.store.add(draft) } == .missing) }
    }
}
