import Access
import Discussion
import Events
import HTTPTypes
import Identifiers
import Programme
import Registration
import Store
import Testing

@testable import WebServer

@Suite struct AnnouncementTests {
    private struct House {
        let conference: TestConference
        let moderator: HTTPFields
        let member: HTTPFields
        var session: String { "/api/v1/sessions/\(conference.live.id)/announcements" }
        var all: String { "/api/v1/conferences/\(conference.conference.id)/announcements" }

        init() async throws {
            conference = try await TestConference()
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            member = TestConference.writing(as: try await conference.signIn(conference.member))
        }

        func announce(_ text: String, to path: String? = nil, by headers: HTTPFields? = nil) async throws -> Answer {
            try await conference.ask(.post, path ?? session, headers ?? moderator, body: "{\"text\":\"\(text)\"}")
        }

        func heard(in session: Session? = nil) async throws -> [String] {
            let path = "/api/v1/sessions/\((session ?? conference.live).id)/announcements"
            let answer = try await conference.ask(.get, path, moderator).json
            return (answer["announcements"] as? [[String: Any]] ?? []).compactMap { $0["text"] as? String }
        }

        func events() async throws -> [Event] {
            try await conference.store.events(in: conference.conference.id, after: 0, limit: 10)
        }
    }

    @Test func `what is announced in a session is heard there, and what is announced in all rooms everywhere`() async throws {
        let house = try await House()
        let one = try await house.announce("Here")
        house.conference.clock.advance(by: .seconds(1))
        let all = try await house.announce("Everywhere", to: house.all)
        #expect(one.status == .created && all.status == .created)
        #expect(try all.json["isForAllRooms"] as? Bool == true)
        #expect(try await house.heard() == ["Here", "Everywhere"])
        #expect(try await house.heard(in: house.conference.near) == [])
        let events = try await house.events()
        #expect(events.map(\.kind) == [.announcementMade, .announcementMade])
        #expect(events.map(\.session) == [house.conference.live.id, nil])
        let heard = try await house.conference.ask(.get, house.session, house.member)
        #expect(heard.status == .ok && heard.text.contains("Everywhere"))
    }

    @Test func `every session's stream tells of what is announced in all rooms, with its words`() async throws {
        let house = try await House()
        let conference = house.conference
        _ = try await house.announce("Everywhere", to: house.all)
        let event = try #require(try await house.events().first)
        let cookie = try await conference.signIn(conference.member)
        let identity = try await conference.hub.identification.identify(.init(signIn: cookie))
        for session in [conference.live.id, conference.near.id] {
            let audience = EventAudience(
                hub: conference.hub, identity: identity, conference: conference.conference.id, session: session)
            #expect(await audience.verdict(event) == .tell)
            #expect(try await audience.told(event)?.data.contains("Everywhere") == true)
        }
    }

    @Test func `what is withdrawn is heard no more, in past events neither`() async throws {
        let house = try await House()
        let location = try #require(try await house.announce("A mistake").headers[.location])
        #expect(try await house.conference.ask(.delete, location, house.moderator).status == .noContent)
        #expect(try await house.heard() == [])
        let events = try await house.events()
        #expect(events.map(\.kind) == [.announcementMade, .announcementWithdrawn])
        #expect(try await house.conference.hub.discussion.told(events[0]) == nil)
        #expect(try await house.conference.ask(.delete, location, house.moderator).problem == "not-found")
        let kinds = try await house.conference.store.auditEntries(in: house.conference.conference.id, after: 0, limit: 10)
        #expect(kinds.map(\.kind) == [.announcementMade, .announcementWithdrawn])
    }

    @Test(arguments: ["", "   ", "\\u0000", String(repeating: "x", count: 501)])
    func `an announcement is one line of text of a bounded length`(text: String) async throws {
        #expect(try await House().announce(text).problem == "impossible")
    }

    @Test func `only moderators announce, and in all rooms only those of the whole conference`() async throws {
        let house = try await House()
        let conference = house.conference
        for path in [house.session, house.all] {
            #expect(try await house.announce("x", to: path, by: house.member).problem == "not-granted")
        }
        let dara = Participant(
            id: ParticipantID(at: TestClock.noon), person: PersonID(at: TestClock.noon), conference: conference.conference.id,
            name: "Dara", mail: try #require(MailAddress("dara@example.org")), organisation: "Arendal", capacity: .staff,
            grants: [GrantInPlace(.moderator, in: conference.room.id)])
        try await conference.store.add(dara)
        let headers = TestConference.writing(as: try await conference.signIn(dara))
        #expect(try await house.announce("x", by: headers).status == .created)
        #expect(try await house.announce("x", to: house.all, by: headers).problem == "not-granted")
        let all = try #require(try await house.announce("y", to: house.all).headers[.location])
        #expect(try await conference.ask(.delete, all, headers).problem == "not-granted")
    }
}
