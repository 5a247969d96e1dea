import Access
import HTTPTypes
import Identifiers
import Programme
import Registration
import Store
import Testing

@testable import WebServer

@Suite struct ParticipantTests {
    private let conference: TestConference
    private let path: String
    private let secretary: HTTPFields

    init() async throws {
        conference = try await TestConference()
        path = "/api/v1/conferences/\(conference.conference.id)/participants"
        let known = try await conference.hub.participants.register(
            "Dora", mail: try #require(MailAddress("dora@example.org")), organisation: "Secretariat", as: .secretariat,
            in: conference.conference.id, grants: [GrantInPlace(.secretariat)])
        secretary = TestConference.writing(as: try await conference.signIn(known))
    }

    private func order(_ mail: String, grants: String = "participant") -> String {
        #"{"name":"Ada","mail":"\#(mail)","organisation":"Utopia","capacity":"staff","grants":["\#(grants)"]}"#
    }

    private func register(_ mail: String, _ grant: String, _ headers: HTTPFields) async throws -> Answer {
        try await conference.ask(.post, path, headers, body: order(mail, grants: grant))
    }

    private func load(_ csv: String, _ query: String = "", _ headers: HTTPFields? = nil) async throws -> Answer {
        var headers = headers ?? secretary
        headers[.contentType] = "text/csv"
        return try await conference.ask(.post, "\(path)/import\(query)", headers, body: csv)
    }

    private func names() async throws -> Set<String> {
        Set(try await conference.store.participants(in: conference.conference.id).map(\.name))
    }

    @Test func `somebody is registered, found, and withdrawn`() async throws {
        let made = try await conference.ask(.post, path, secretary, body: order("ada@example.org"))
        #expect(made.status == .created)
        let id = try #require(try made.json["id"] as? String)
        #expect(made.headers[.location] == "\(path)/\(id)")
        let found = try await conference.ask(.get, "\(path)?q=ADA@ex", secretary)
        #expect((try found.json["participants"] as? [[String: Any]])?.map { $0["id"] as? String } == [id])
        #expect(try await conference.ask(.post, path, secretary, body: order("ADA@example.org")).problem == "conflict")

        let known = try #require(ParticipantID(id))
        let ada = try await conference.signIn(try #require(try await conference.store.participant(known)))
        let people = "/api/v1/sessions/\(conference.live.id)/people"
        #expect(try await conference.ask(.get, people, TestConference.reading(as: ada)).status == .ok)
        #expect(try await conference.ask(.delete, "\(path)/\(id)", secretary).status == .noContent)
        #expect(try await conference.ask(.get, people, TestConference.reading(as: ada)).problem == "not-registered")
        let withdrawn = try await conference.ask(.get, "\(path)/\(id)", secretary)
        #expect(try withdrawn.json["withdrawnAt"] as? String != nil)
    }

    @Test func `the list comes in pages`() async throws {
        let first = try await conference.ask(.get, "\(path)?limit=3", secretary)
        let next = try #require(try first.json["next"] as? String)
        let rest = try await conference.ask(.get, "\(path)?limit=3&after=\(next)", secretary)
        #expect((try rest.json["participants"] as? [Any])?.count == 1)
        #expect(try rest.json["next"] == nil)
    }

    @Test func `nobody gives or takes what is not theirs`() async throws {
        for grant in ["moderator", "secretariat"] {
            #expect(try await register("\(grant)@x.org", grant, secretary).status == .created)
        }
        #expect(try await register("o@x.org", "operator", secretary).problem == "not-granted")
        let token = TestConference.bearing(try await conference.token([.participants]), [.contentType: "application/json"])
        #expect(try await register("m@x.org", "moderator", token).problem == "not-granted")
        #expect(try await conference.ask(.delete, "\(path)/\(conference.moderator.id)", token).problem == "not-granted")
        #expect(try await register("p@x.org", "participant", token).status == .created)
        let moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
        for (method, body) in [(HTTPRequest.Method.get, String?.none), (.post, order("q@x.org"))] {
            #expect(try await conference.ask(method, path, moderator, body: body).problem == "not-granted")
        }
        #expect(try await load("name,mail,organisation,grants\nX,x@x.org,U,operator\n").problem == "not-granted")
    }

    @Test func `P-11 a file registers everybody, or nobody`() async throws {
        let csv = "name,mail,organisation\nX,x@x.org,Utopia\nY,nowhere,Utopia\n"
        let before = try await names()
        let preview = try await load(csv, "?preview=true")
        #expect(try preview.json["sound"] as? Int == 1 && preview.json["registered"] as? Int == 0)
        #expect((try preview.json["faults"] as? [[String: Any]])?.first?["row"] as? Int == 3)
        #expect(try await load(csv).problem == "impossible")
        #expect(try await load("name\nX\n").problem == "impossible")
        #expect(try await load(csv, "?preview=perhaps").problem == "invalid-request")
        #expect(try await names() == before)
        #expect(try await load(csv, "?partial=true").json["registered"] as? Int == 1)
        #expect(try await names() == before.union(["X"]))
    }
}
