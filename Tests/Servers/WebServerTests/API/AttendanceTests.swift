import Access
import Events
import HTTPTypes
import Identifiers
import Programme
import Registration
import Store
import Testing
import Time

@testable import Rooms
@testable import WebServer

@Suite struct AttendanceTests {
    private struct House {
        let conference: TestConference
        let moderator: HTTPFields
        let member: HTTPFields
        var session: String { "/api/v1/sessions/\(conference.live.id)" }

        init() async throws {
            conference = try await TestConference()
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            member = TestConference.writing(as: try await conference.signIn(conference.member))
        }

        func enter() async throws {
            #expect(try await conference.ask(.post, "\(session)/admission", member).status == .ok)
        }

        func line() async throws -> [String: Any] {
            let answer = try await conference.ask(.get, "\(session)/attendance", moderator).json
            return try #require((answer["attendance"] as? [[String: Any]])?.first)
        }
    }

    @Test func `the list tells first in, last out and the time present, net of reconnects`() async throws {
        let house = try await House()
        let (clock, rooms) = (house.conference.clock, house.conference.hub.rooms)
        try await house.enter()
        clock.advance(by: .seconds(10))
        try await house.enter()
        #expect(try await house.line()["secondsPresent"] as? Int == 10)
        #expect(try await house.line()["lastOut"] == nil)
        clock.advance(by: .seconds(100))
        try await house.enter()
        clock.advance(by: .seconds(5))
        rooms.touch(house.conference.member.id, in: house.conference.live.id)
        clock.advance(by: .seconds(20))
        let line = try await house.line()
        #expect(line["firstIn"] as? String == "2021-06-16T12:00:00.000Z")
        #expect(line["lastOut"] as? String == "2021-06-16T12:01:55.000Z")
        #expect(line["secondsPresent"] as? Int == 15)
        #expect(line["organisation"] as? String == "Arendal")
    }

    @Test func `the list is the same once it is written down, and outlasts a start of the program`() async throws {
        let house = try await House()
        let (conference, rooms) = (house.conference, house.conference.hub.rooms)
        try await house.enter()
        conference.clock.advance(by: .seconds(10))
        rooms.touch(conference.member.id, in: conference.live.id)
        await rooms.keepAttendance()
        conference.clock.advance(by: .seconds(3))
        rooms.touch(conference.member.id, in: conference.live.id)
        #expect(try await house.line()["secondsPresent"] as? Int == 13)
        await rooms.keepAttendance()
        await rooms.keepAttendance()
        #expect(try await house.line()["secondsPresent"] as? Int == 13)
        let kept = try await conference.store.attendance(of: conference.live.id)
        #expect(kept.map(\.present) == [.seconds(13)])
    }

    @Test func `as CSV, what a participant is called is text and no formula`() async throws {
        let house = try await House()
        let conference = house.conference
        let names = ["=HYPERLINK(\"http://evil\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "Amina, \"Ada\""]
        for (place, name) in names.enumerated() {
            let guest = Participant(
                id: ParticipantID(at: TestClock.noon), person: PersonID(at: TestClock.noon), conference: conference.conference.id,
                name: name, mail: try #require(MailAddress("guest\(place)@example.org")), organisation: "=1+1", capacity: .expert,
                grants: [GrantInPlace(.participant)])
            try await conference.store.add(guest)
            _ = try await conference.hub.rooms.admit(guest, to: conference.live.id)
        }
        let answer = try await conference.ask(.get, "\(house.session)/attendance?format=csv", house.moderator)
        #expect(answer.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(answer.headers[.contentDisposition]?.contains("attendance-\(conference.live.id).csv") == true)
        for name in names.dropLast() {
            #expect(answer.text.contains("\"'\(name.replacing("\"", with: "\"\""))\",\"'=1+1\",\"expert\""), "\(name)")
        }
        #expect(answer.text.contains("\"Amina, \"\"Ada\"\"\""))
        #expect(answer.text.hasPrefix("\u{FEFF}\"participant\",\"name\",\"organisation\",\"capacity\",\"firstIn\",\"lastOut\","))
    }

    @Test func `each parliament is told with how many of it are there and are registered`() async throws {
        let house = try await House()
        try await house.enter()
        let answer = try await house.conference.ask(.get, "\(house.session)/organisations", house.moderator).json
        let arendal = try #require((answer["organisations"] as? [[String: Any]])?.first)
        #expect(arendal["organisation"] as? String == "Arendal")
        #expect(arendal["present"] as? Int == 1 && arendal["registered"] as? Int == 3)
    }

    @Test func `both are for moderators, and taking the list away is on the audit log`() async throws {
        let house = try await House()
        for path in ["attendance", "attendance?format=csv", "organisations"] {
            #expect(try await house.conference.ask(.get, "\(house.session)/\(path)", house.member).problem == "not-granted")
        }
        let unknown = try await house.conference.ask(.get, "\(house.session)/attendance?format=xls", house.moderator)
        #expect(unknown.problem == "invalid-request")
        let kinds = {
            try await house.conference.store.auditEntries(in: house.conference.conference.id, after: 0, limit: 10).map(\.kind)
        }
        #expect(try await kinds() == [])
        _ = try await house.conference.ask(.get, "\(house.session)/attendance", house.moderator)
        #expect(try await kinds() == [.attendanceExported])
    }
}
