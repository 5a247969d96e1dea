import Access
import HTTPTypes
import Programme
import Testing

@testable import WebServer

@Suite struct ForgeryTests {
    @Test func `a write from our own page with its token is done`() async throws {
        let conference = try await TestConference()
        let cookie = try await conference.signIn(conference.member)
        let answer = try await conference.ask(
            .post, "/api/v1/sessions/\(conference.live.id)/admission", TestConference.writing(as: cookie))
        #expect(answer.status == .ok)
    }

    @Test(
        arguments: [
            [.csrf: "", .secFetchSite: "same-origin"],
            [.csrf: String(repeating: "0", count: 64), .secFetchSite: "same-origin"],
            [.secFetchSite: "cross-site"],
            [.secFetchSite: "same-site"],
            [.secFetchSite: "", .origin: "https://elsewhere.example"],
            [.secFetchSite: "", .origin: "null"],
            [.secFetchSite: "", .origin: "http://localhost:81"],
        ] as [HTTPFields])
    func `a write that another site could have made is refused`(changes: HTTPFields) async throws {
        let conference = try await TestConference()
        var headers = TestConference.writing(as: try await conference.signIn(conference.member))
        for field in changes { headers[field.name] = field.value.isEmpty ? nil : field.value }
        let answer = try await conference.ask(.post, "/api/v1/sessions/\(conference.live.id)/admission", headers)
        #expect(answer.status == .forbidden)
        #expect(answer.problem == "cross-site-request")
    }

    @Test func `the token of another sign-in does not fit`() async throws {
        let conference = try await TestConference()
        var headers = TestConference.writing(as: try await conference.signIn(conference.member))
        headers[.csrf] = CSRFToken(of: try await conference.signIn(conference.moderator)).text
        let answer = try await conference.ask(.post, "/api/v1/sessions/\(conference.live.id)/admission", headers)
        #expect(answer.problem == "cross-site-request")
    }

    @Test func `a form shows its token as a field`() async throws {
        let conference = try await TestConference()
        let cookie = try await conference.signIn(conference.moderator)
        var headers = TestConference.reading(as: cookie)
        headers[.contentType] = "application/x-www-form-urlencoded"
        let path = "/sessions/\(conference.live.id)/close"
        let without = try await conference.ask(.post, path, headers, body: "reason=over")
        #expect(without.status == .forbidden)
        let with = try await conference.ask(.post, path, headers, body: "reason=over&csrf=\(CSRFToken(of: cookie).text)")
        #expect(with.status == .seeOther)
        #expect(with.headers[.location] == "/rooms/\(conference.room.id)/moderate")
    }

    @Test func `a script with a token needs no such defence`() async throws {
        let conference = try await TestConference()
        let headers = TestConference.bearing(try await conference.token([.sessionsModerate]), [.contentType: "application/json"])
        let answer = try await conference.ask(
            .post, "/api/v1/sessions/\(conference.live.id)/close", headers, body: "{\"reason\":\"over\"}")
        #expect(answer.status == .accepted)
        #expect(try answer.json["override"] as? String == "closed")
    }
}
