import Access
import Events
import Identifiers
import Programme
import Registration
import Store
import Testing
import Time

@Suite struct EventTests {
    private func draft(_ fixture: Fixture, _ visibility: EventVisibility = .everyone, data: String = "{}") -> EventDraft {
        EventDraft(
            .sessionLive, conference: fixture.conference.id, session: fixture.opening.id, visibility: visibility, data: data)
    }

    @Test func `events come back as they were told, whoever may see them`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example")
        try await fixture.store.add(ada)
        var told: [Event] = []
        for visibility in [EventVisibility.everyone, .participants, .moderators, .moderatorsAnd(ada.id)] {
            told.append(try await fixture.store.append(draft(fixture, visibility, data: #"{"a":"é"}"#), at: Fixture.start))
        }
        #expect(told.map(\.sequence) == [1, 2, 3, 4])
        #expect(try await fixture.store.events(in: fixture.conference.id, after: 0, limit: 10) == told)
        #expect(try await fixture.store.events(in: fixture.conference.id, after: 1, limit: 2) == Array(told[1...2]))
        #expect(try await fixture.store.events(in: fixture.conference.id, after: 0, limit: -1).isEmpty)
        #expect(try await fixture.store.lastSequence(in: fixture.conference.id) == 4)
    }

    @Test func `each conference counts for itself`() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.store.append(draft(fixture), at: Fixture.start)
        let elsewhere = EventDraft(
            .feedStarted, conference: fixture.other.id, session: nil, visibility: .moderators, data: "{}")
        #expect(try await fixture.store.append(elsewhere, at: Fixture.start).sequence == 1)
        #expect(try await fixture.store.lastSequence(in: ConferenceID(at: Fixture.start)) == 0)
    }

    @Test func `a refused event uses up no number`() async throws {
        let fixture = try await Fixture()
        let strayed = EventDraft(
            .sessionLive, conference: fixture.other.id, session: fixture.opening.id, visibility: .everyone, data: "{}")
        #expect(await code { _ = try await fixture.store.append(strayed, at: Fixture.start) } == .missing)
        #expect(try await fixture.store.lastSequence(in: fixture.other.id) == 0)
        let nowhere = EventDraft(
            .sessionLive, conference: ConferenceID(at: Fixture.start), session: nil, visibility: .everyone, data: "{}")
        #expect(await code { _ = try await fixture.store.append(nowhere, at: Fixture.start) } == .missing)
    }

    @Test func `a thousand events at once are numbered without a hole`() async throws {
        let fixture = try await Fixture()
        let draft = draft(fixture)
        let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<1000 { group.addTask { try await fixture.store.append(draft, at: Fixture.start).sequence } }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(numbers == Set(1...1000))
        let stored = try await fixture.store.events(in: fixture.conference.id, after: 0, limit: 2000)
        #expect(stored.map(\.sequence) == Array(1...1000))
    }

    @Test func `two stores on one file number without a hole`() async throws {
        let fixture = try await Fixture()
        let second = try ConferenceStore(folder: fixture.folder)
        let draft = draft(fixture)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for turn in 0..<60 {
                let store = turn.isMultiple(of: 2) ? fixture.store : second
                group.addTask { _ = try await store.append(draft, at: Fixture.start) }
            }
            try await group.waitForAll()
        }
        #expect(try await second.events(in: fixture.conference.id, after: 0, limit: 100).map(\.sequence) == Array(1...60))
        try second.close()
    }
}
