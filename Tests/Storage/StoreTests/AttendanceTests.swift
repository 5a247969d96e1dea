import Identifiers
import Programme
import Registration
import Rooms
import Store
import Testing
import Time

@Suite struct AttendanceTests {
    private func at(_ seconds: Int) -> UTCInstant { Fixture.start.advanced(by: .seconds(seconds)) }

    @Test func `stays add up, and a time that is known is not counted again`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example")
        try await fixture.store.add(ada)
        let session = fixture.opening.id
        try await fixture.store.admit([ada.id], to: session, at: at(0))
        #expect(try await fixture.store.attendance(of: session).map(\.firstIn) == [nil])
        for (from, until) in [(1, 10), (1, 10), (5, 12), (60, 65), (61, 62)] {
            try await fixture.store.keep([Stay(participant: ada.id, from: at(from), until: at(until))], in: session)
        }
        let line = try #require(try await fixture.store.attendance(of: session).first)
        #expect(line.firstIn == at(1) && line.lastOut == at(65) && line.present == .seconds(16))
        #expect(line.name == "Ada Doe" && line.organisation == "Parliament of Utopia")
        #expect(try await fixture.store.admitted(in: fixture.conference.id) == [session: [ada.id]])
    }

    @Test func `organisations are counted without those who have lost their rights`() async throws {
        let fixture = try await Fixture()
        for mail in ["ada@parliament.example", "bo@parliament.example"] {
            try await fixture.store.add(try fixture.participant(mail))
        }
        let gone = try fixture.participant("eve@parliament.example")
        try await fixture.store.add(gone)
        try await fixture.store.revokeParticipant(gone.id, at: at(0))
        #expect(try await fixture.store.organisations(in: fixture.conference.id) == ["Parliament of Utopia": 2])
        #expect(try await fixture.store.organisations(in: fixture.other.id).isEmpty)
    }
}
