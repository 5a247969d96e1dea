import Access
import HTTPTypes
import Programme
import Registration
import Testing

@testable import WebServer

/// RFC 6750 §3.1.
@Suite struct CredentialTests {
    @Test func `without credentials the challenge names no error`() async throws {
        let conference = try await TestConference()
        let answer = try await conference.ask(.get, "/api/v1/sessions/\(conference.live.id)/people")
        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.wwwAuthenticate] == "Bearer realm=\"hemicycle\"")
        #expect(answer.problem == "sign-in-needed")
    }

    @Test func `a token that is unknown is invalid`() async throws {
        let conference = try await TestConference()
        let answer = try await conference.ask(.get, "/api/v1/conferences", [.authorization: "Bearer nonsense"])
        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.wwwAuthenticate]?.contains("error=\"invalid_token\"") == true)
    }

    @Test(arguments: [
        "Bearer", "Bearer a b", "Bearer ä", "Bearer \"x\"", "bearer " + String(repeating: "x", count: 300), "Bearer =",
    ])
    func `credentials that cannot be read are a bad request`(header: String) async throws {
        let conference = try await TestConference()
        let answer = try await conference.ask(.get, "/api/v1/conferences", [.authorization: header])
        #expect(answer.status == .badRequest)
        #expect(answer.headers[.wwwAuthenticate]?.contains("error=\"invalid_request\"") == true)
    }

    @Test func `another scheme is told which one there is`() async throws {
        let conference = try await TestConference()
        let answer = try await conference.ask(.get, "/api/v1/conferences", [.authorization: "Basic eDp5"])
        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.wwwAuthenticate] == "Bearer realm=\"hemicycle\"")
    }

    @Test func `a token without the scope is told which one it lacks`() async throws {
        let conference = try await TestConference()
        let token = try await conference.token([.roomsRead])
        let answer = try await conference.ask(
            .get, "/api/v1/sessions/\(conference.live.id)/people", TestConference.bearing(token))
        #expect(answer.status == .forbidden)
        #expect(answer.headers[.wwwAuthenticate]?.contains("scope=\"sessions:read\"") == true)
        #expect(answer.problem == "scope-needed")
    }

    @Test func `a token cannot enter a session`() async throws {
        let conference = try await TestConference()
        let token = try await conference.token(Set(Scope.allCases))
        let answer = try await conference.ask(
            .post, "/api/v1/sessions/\(conference.live.id)/admission", TestConference.bearing(token))
        #expect(answer.problem == "person-needed")
    }

    @Test func `a stale cookie makes nobody of its bearer`() async throws {
        let conference = try await TestConference()
        let answer = try await conference.ask(.get, "/api/v1/conferences", [.cookie: "signin=stale; signin=other"])
        #expect(answer.status == .ok)
    }

    @Test func `somebody who is not signed in never reaches a page of their own`() async throws {
        let conference = try await TestConference()
        let answer = try await conference.ask(.get, "/me", [.accept: "text/html"])
        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.text.contains("/sign-in"))
    }
}
