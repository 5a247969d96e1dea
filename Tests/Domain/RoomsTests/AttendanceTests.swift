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

    @Test func `a stay goes on over a short absence and ends with a long one`() throws {
        var attendance = Attendance(isWritten: true)
        let amina = try participant("Amina", of: "Arendal")
        attendance.enter(amina, now: start)
        attendance.touch(amina.id, now: at(14))
        attendance.enter(amina, now: at(20))
        attendance.touch(amina.id, now: at(100))
        #expect(attendance.unwritten == [stay(amina, 0, 20), stay(amina, 100, 100)])
    }

    @Test func `who leaves, and everybody when the session ends, has stayed until they were last heard of`() throws {
        var attendance = Attendance(isWritten: true)
        let (amina, bo) = (try participant("Amina", of: "Arendal"), try participant("Bo", of: "Arendal"))
        for person in [amina, bo] { attendance.enter(person, now: start) }
        attendance.touch(amina.id, now: at(5))
        attendance.leave(amina.id)
        attendance.touch(amina.id, now: at(6))
        attendance.touch(bo.id, now: at(9))
        attendance.empty()
        #expect(Set(attendance.unwritten) == [stay(amina, 0, 5), stay(bo, 0, 9)])
        #expect(attendance.count(now: at(9)) == 0)
    }

    @Test func `what has been written down is not told again, and what has come since is`() throws {
        var attendance = Attendance(isWritten: true)
        let amina = try participant("Amina", of: "Arendal")
        attendance.enter(amina, now: start)
        attendance.touch(amina.id, now: at(10))
        let first = attendance.unwritten
        attendance.touch(amina.id, now: at(12))
        attendance.noteWritten(first)
        #expect(attendance.unwritten == [stay(amina, 10, 12)])
        attendance.noteWritten(attendance.unwritten)
        #expect(attendance.unwritten.isEmpty)
        attendance.leave(amina.id)
        #expect(attendance.unwritten.isEmpty)
    }

    @Test func `what is written while somebody comes back does not count the time between`() throws {
        var attendance = Attendance(isWritten: true)
        let amina = try participant("Amina", of: "Arendal")
        attendance.enter(amina, now: start)
        attendance.touch(amina.id, now: at(10))
        let first = attendance.unwritten
        attendance.enter(amina, now: at(60))
        attendance.touch(amina.id, now: at(65))
        attendance.noteWritten(first)
        #expect(attendance.unwritten == [stay(amina, 60, 65)])
    }

    @Test func `a line of the attendance list counts no time twice`() throws {
        let amina = try participant("Amina", of: "Arendal")
        var line = AttendanceLine(
            participant: amina.id, name: "Amina", organisation: "Arendal", capacity: .member, firstIn: at(0), lastOut: at(10),
            present: .seconds(10))
        for each in [stay(amina, 0, 10), stay(amina, 5, 12), stay(amina, 60, 65), stay(amina, 61, 62)] { line.take(each) }
        #expect(line.present == .seconds(17))
        #expect(line.firstIn == at(0) && line.lastOut == at(65))
    }

    @Test func `who waits at the door leaves nothing to be written down`() throws {
        var waiting = Attendance()
        let amina = try participant("Amina", of: "Arendal")
        waiting.enter(amina, now: start)
        waiting.leave(amina.id)
        #expect(waiting.unwritten.isEmpty)
    }

    private func at(_ seconds: Int) -> UTCInstant { start.advanced(by: .seconds(seconds)) }

    private func stay(_ participant: Participant, _ from: Int, _ until: Int) -> Stay {
        Stay(participant: participant.id, from: at(from), until: at(until))
    }
}
