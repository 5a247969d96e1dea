import HTTPTypes
import Identifiers
import Programme
import Registration
import Rooms
import Testing

@testable import WebServer

@Suite struct ModerationTests {
    private func order(_ conference: TestConference, _ body: String, type: String = "application/json") async throws -> Answer {
        var headers = TestConference.writing(as: try await conference.signIn(conference.moderator))
        headers[.contentType] = type
        return try await conference.ask(.post, "/api/v1/sessions/\(conference.live.id)/removals", headers, body: body)
    }

    @Test func `a moderator removes a participant and readmits them`() async throws {
        let conference = try await TestConference()
        _ = try await conference.hub.rooms.admit(conference.member, to: conference.live.id)
        let removed = try await order(conference, "{\"participant\":\"\(conference.member.id)\",\"reason\":\"Noise\"}")
        #expect(removed.status == .created)
        let headers = TestConference.writing(as: try await conference.signIn(conference.moderator))
        let people = try await conference.ask(.get, "/api/v1/sessions/\(conference.live.id)/people", headers).json
        #expect((people["people"] as? [Any])?.isEmpty == true)
        #expect((people["removed"] as? [[String: Any]])?.first?["reason"] as? String == "Noise")
        let location = try #require(removed.headers[.location])
        #expect(try await conference.ask(.delete, location, headers).status == .noContent)
        #expect(conference.hub.rooms.removals(from: conference.live.id).isEmpty)
    }

    @Test func `a member may neither remove nor hear who was removed`() async throws {
        let conference = try await TestConference()
        let headers = TestConference.writing(as: try await conference.signIn(conference.member))
        let path = "/api/v1/sessions/\(conference.live.id)"
        let body = "{\"participant\":\"\(conference.archivist.id)\",\"reason\":\"x\"}"
        #expect(try await conference.ask(.post, "\(path)/removals", headers, body: body).problem == "not-granted")
        let people = try await conference.ask(.get, "\(path)/people", headers).json
        #expect(people["removed"] == nil)
    }

    @Test(arguments: [
        "", "[]", "null", "{", "{\"participant\":\"x\",\"reason\":\"x\"}", "{\"reason\":\"x\"}",
        "{\"participant\":1,\"reason\":2}",
    ])
    func `an order that is wrong is told what is wrong with it`(body: String) async throws {
        let answer = try await order(try await TestConference(), body)
        #expect(answer.status == .badRequest)
        #expect(answer.problem == "invalid-request")
        #expect(try (answer.json["detail"] as? String)?.isEmpty == false)
    }

    @Test(arguments: ["", "   ", String(repeating: "x", count: 501)])
    func `a reason is needed and has a length`(reason: String) async throws {
        let conference = try await TestConference()
        let answer = try await order(conference, "{\"participant\":\"\(conference.member.id)\",\"reason\":\"\(reason)\"}")
        #expect(answer.problem == "impossible")
    }

    @Test func `nobody is removed whom the conference does not know`() async throws {
        let body = "{\"participant\":\"participant_00000000-0000-7000-8000-000000000000\",\"reason\":\"x\"}"
        #expect(try await order(try await TestConference(), body).problem == "not-found")
    }

    @Test func `a body that is too large or no JSON is not read`() async throws {
        let conference = try await TestConference()
        #expect(try await order(conference, String(repeating: " ", count: 70_000)).status == .contentTooLarge)
        #expect(try await order(conference, "{}", type: "text/plain").problem == "unsupported-media-type")
    }

    @Test func `closing and opening and the clock are words that last`() async throws {
        let conference = try await TestConference()
        let headers = TestConference.writing(as: try await conference.signIn(conference.moderator))
        for (word, override) in [("close", "closed"), ("open", "open"), ("clock", nil)] as [(String, String?)] {
            let answer = try await conference.ask(
                .post, "/api/v1/sessions/\(conference.live.id)/\(word)", headers, body: "{\"reason\":\"test\"}")
            #expect(answer.status == .accepted)
            #expect(try answer.json["override"] as? String == override)
        }
    }

    @Test func `a session whose doors are closed says when they open`() async throws {
        let conference = try await TestConference()
        let headers = TestConference.writing(as: try await conference.signIn(conference.member))
        let answer = try await conference.ask(.post, "/api/v1/sessions/\(conference.near.id)/admission", headers)
        #expect(answer.problem == "doors-closed")
        #expect(try answer.json["until"] as? String == "2021-06-16T13:45:00.000Z")
        let over = try await conference.ask(.post, "/api/v1/sessions/\(conference.ended.id)/admission", headers)
        #expect(over.problem == "session-ended")
    }
}
