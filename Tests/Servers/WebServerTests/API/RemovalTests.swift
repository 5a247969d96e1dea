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

@Suite struct RemovalTests {
    private struct House {
        let conference: TestConference
        let moderator: HTTPFields
        let member: HTTPFields
        var session: String { "/api/v1/sessions/\(conference.live.id)" }
        var ledger: String { "/api/v1/conferences/\(conference.conference.id)/removals" }

        init() async throws {
            conference = try await TestConference()
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            member = TestConference.writing(as: try await conference.signIn(conference.member))
        }

        func remove(_ extent: String? = nil, by headers: HTTPFields? = nil, _ who: Participant? = nil) async throws -> Answer {
            let extent = extent.map { ",\"extent\":\"\($0)\"" } ?? ""
            return try await conference.ask(
                .post, "\(session)/removals", headers ?? moderator,
                body: "{\"participant\":\"\((who ?? conference.member).id)\",\"reason\":\"Noise\"\(extent)}")
        }

        func readmit(by headers: HTTPFields? = nil, _ who: Participant? = nil) async throws -> Answer {
            try await conference.ask(.delete, "\(session)/removals/\((who ?? conference.member).id)", headers ?? moderator)
        }

        func enter(_ session: Session? = nil) async throws -> Answer {
            try await conference.ask(.post, "/api/v1/sessions/\((session ?? conference.live).id)/admission", member)
        }

        func lines(_ query: String = "") async throws -> [[String: Any]] {
            try await conference.ask(.get, ledger + query, moderator).json["removals"] as? [[String: Any]] ?? []
        }

        /// Somebody who moderates one room, with the cookie of their sign-in.
        func moderatorOfARoom() async throws -> (Participant, HTTPFields) {
            let participant = Participant(
                id: ParticipantID(at: TestClock.noon), person: PersonID(at: TestClock.noon), conference: conference.conference.id,
                name: "Dara", mail: try #require(MailAddress("dara@example.org")), organisation: "Arendal", capacity: .staff,
                grants: [GrantInPlace(.moderator, in: conference.room.id)])
            try await conference.store.add(participant)
            return (participant, TestConference.writing(as: try await conference.signIn(participant)))
        }
    }

    @Test func `the ledger tells who was removed, by whom, when, why and from what, and who has readmitted them (M-5)`()
        async throws
    {
        let house = try await House()
        let answer = try await house.remove()
        #expect(answer.status == .created)
        #expect(try answer.json["number"] as? Int == 1)
        #expect(try await house.readmit().status == .noContent)
        let line = try #require(try await house.lines().first)
        #expect(line["name"] as? String == "Amina" && line["reason"] as? String == "Noise")
        #expect(line["extent"] as? String == "session")
        #expect(line["session"] as? String == house.conference.live.id.description)
        #expect((line["removedBy"] as? [String: String])?["name"] == "Björn")
        #expect((line["readmittedBy"] as? [String: String])?["name"] == "Björn")
        #expect(line["removedAt"] as? String == "2021-06-16T12:00:00.000Z")
        #expect(try await house.lines("?standing=true").isEmpty)
    }

    @Test func `who is removed from the conference enters none of its sessions, over a restart too, until readmitted (M-5)`()
        async throws
    {
        let house = try await House()
        let conference = house.conference
        #expect(try await house.enter().status == .ok)
        #expect(try await house.remove("conference").status == .created)
        let refused = try await house.enter()
        #expect(refused.problem == "banned")
        #expect(try refused.json["reason"] as? String == "Noise")
        #expect(try await house.enter(conference.near).problem == "banned")
        let standing = try await conference.store.standingRemovals(in: conference.conference.id)
        #expect(standing.map(\.extent) == [.conference])
        #expect(try await house.readmit().status == .noContent)
        #expect(try await house.enter().status == .ok)
    }

    @Test func `what was read again does not bring back a removal that was lifted meanwhile`() async throws {
        let house = try await House()
        let rooms = house.conference.hub.rooms
        _ = try await house.remove()
        _ = try await house.remove("conference")
        let read = try await house.conference.store.standingRemovals(in: house.conference.conference.id)
        #expect(read.count == 2)
        #expect(try await house.readmit().status == .noContent)
        rooms.take(
            [house.conference.live], of: house.conference.conference.id, overrides: [:], removals: read, revoked: [])
        #expect(rooms.removals(from: house.conference.live.id).isEmpty)
        #expect(try await house.enter().status == .ok)
    }

    @Test func `who moderates one room sees the ledger and removes there, but not from the conference`() async throws {
        let house = try await House()
        let (_, headers) = try await house.moderatorOfARoom()
        #expect(try await house.remove("conference", by: headers).problem == "not-granted")
        #expect(try await house.remove(by: headers).status == .created)
        #expect(try await house.remove("conference").status == .created)
        #expect(try await house.readmit(by: headers).problem == "not-granted")
        #expect(try await house.enter().problem == "banned")
        let seen = try await house.conference.ask(.get, house.ledger, headers).json["removals"] as? [Any]
        #expect(seen?.count == 2)
    }

    @Test func `nobody readmits themselves`() async throws {
        let house = try await House()
        let (dara, headers) = try await house.moderatorOfARoom()
        #expect(try await house.remove(nil, dara).status == .created)
        #expect(try await house.readmit(by: headers, dara).problem == "conflict")
        #expect(try await house.readmit(dara).status == .noContent)
    }

    @Test func `a line of the ledger is lifted by its number, once, and comes in pages`() async throws {
        let house = try await House()
        _ = try await house.remove()
        _ = try await house.remove("conference")
        let page = try await house.conference.ask(.get, "\(house.ledger)?limit=1", house.moderator).json
        #expect(page["next"] as? Int == 2)
        #expect(try await house.lines("?limit=1&after=2").first?["number"] as? Int == 1)
        for _ in 0..<2 {
            let lifted = try await house.conference.ask(.post, "\(house.ledger)/2/readmission", house.moderator)
            #expect(lifted.status == .ok)
            #expect(try (lifted.json["readmittedBy"] as? [String: String])?["name"] == "Björn")
        }
        #expect(try await house.enter().problem == "removed")
        #expect(try await house.conference.ask(.post, "\(house.ledger)/3/readmission", house.moderator).problem == "not-found")
    }

    @Test(arguments: ["?limit=x", "?after=", "?standing=maybe"])
    func `a query that cannot be read is refused`(query: String) async throws {
        let house = try await House()
        #expect(try await house.conference.ask(.get, house.ledger + query, house.moderator).problem == "invalid-request")
    }

    @Test func `only moderators see the ledger and lift what stands in it`() async throws {
        let house = try await House()
        _ = try await house.remove()
        for (method, path) in [
            (HTTPRequest.Method.get, house.ledger), (.get, "\(house.ledger)/1"), (.post, "\(house.ledger)/1/readmission"),
        ] {
            #expect(try await house.conference.ask(method, path, house.member).problem == "not-granted")
        }
        let page = try await house.conference.ask(.get, "/wepc-2021/removals", house.moderator)
        #expect(page.status == .ok && page.text.contains("Amina") && page.text.contains("Noise"))
        #expect(try await house.conference.ask(.get, "/wepc-2021/removals", house.member).status == .forbidden)
    }

    @Test func `acts are on the audit log and told to moderators and to whom they concern`() async throws {
        let house = try await House()
        let conference = house.conference
        _ = try await house.remove("conference")
        _ = try await house.readmit()
        let kinds = try await conference.store.auditEntries(in: conference.conference.id, after: 0, limit: 10).map(\.kind)
        #expect(kinds == [.participantBanned, .participantReadmitted])
        let events = try await conference.store.events(in: conference.conference.id, after: 0, limit: 10)
        #expect(events.map(\.kind) == [.participantBanned, .participantReadmitted])
        #expect(events.allSatisfy { $0.session == nil && $0.visibility == .moderatorsAnd(conference.member.id) })
    }
}
