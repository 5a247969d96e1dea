import Access
import Identifiers
import Registration
import Testing
import Time

@testable import Rooms

@Suite struct AttendanceTests {
    private let start = UTCInstant(microseconds: 1_623_834_000_000_000)

    private func participant(_ name: String, of organisation: String) throws -> Participant {
        Participant(
            id: ParticipantID(at: start), person: PersonID(at: start), conference: ConferenceID(at: start), name: name,
            mail: try #require(MailAddress("\(name.lowercased())@example.org")), organisation: organisation, capacity: .member,
            grants: [GrantInPlace(.participant)])
    }

    @Test func `who has not been heard of for the patience is away`() throws {
        var attendance = Attendance()
        let amina = try participant("Amina", of: "Arendal")
        attendance.enter(amina, now: start)
        #expect(attendance.isPresent(amina.id, now: start.advanced(by: .seconds(14))))
        #expect(!attendance.isPresent(amina.id, now: start.advanced(by: .seconds(15))))
        attendance.touch(amina.id, now: start.advanced(by: .seconds(14)))
        #expect(attendance.count(now: start.advanced(by: .seconds(20))) == 1)
    }

    @Test func `renewing a pass does not begin presence anew and coming back does`() throws {
        var attendance = Attendance()
        let amina = try participant("Amina", of: "Arendal")
        attendance.enter(amina, now: start)
        attendance.enter(amina, now: start.advanced(by: .seconds(10)))
        #expect(attendance.present(now: start.advanced(by: .seconds(10))).map(\.since) == [start])
        let later = start.advanced(by: .seconds(300))
        attendance.enter(amina, now: later)
        #expect(attendance.present(now: later).map(\.since) == [later])
    }

    @Test func `people are listed by organisation and then name`() throws {
        var attendance = Attendance()
        for (name, organisation) in [("Zoë", "Arendal"), ("Bo", "Zembla"), ("Ana", "Arendal")] {
            attendance.enter(try participant(name, of: organisation), now: start)
        }
        #expect(attendance.present(now: start).map(\.name) == ["Ana", "Zoë", "Bo"])
    }

    @Test func `touching somebody who never came in does nothing`() {
        var attendance = Attendance()
        attendance.touch(ParticipantID(at: start), now: start)
        #expect(attendance.count(now: start) == 0)
    }
}
