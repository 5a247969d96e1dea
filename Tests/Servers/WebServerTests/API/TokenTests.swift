import Access
import HTTPTypes
import Programme
import Registration
import Testing

@testable import WebServer

@Suite struct TokenTests {
    private func path(_ conference: TestConference) -> String { "/api/v1/conferences/\(conference.conference.id)/tokens" }

    private func order(
        _ conference: TestConference, as participant: Participant, scopes: String = "\"sessions:read\"", name: String = "Display",
        until expiry: String = "2021-06-19T00:00:00Z"
    ) async throws -> Answer {
        try await conference.ask(
            .post, path(conference), TestConference.writing(as: try await conference.signIn(participant)),
            body: "{\"name\":\"\(name)\",\"scopes\":[\(scopes)],\"expiresAt\":\"\(expiry)\"}")
    }

    @Test func `a moderator makes a token, sees its use, and revokes it`() async throws {
        let conference = try await TestConference()
        let made = try await order(conference, as: conference.moderator)
        #expect(made.status == .created)
        let secret = try #require(try made.json["secret"] as? String)
        let headers = TestConference.bearing(Secret(shown: secret))
        let people = "/api/v1/sessions/\(conference.live.id)/people"
        #expect(try await conference.ask(.get, people, headers).status == .ok)

        let moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
        let list = try await conference.ask(.get, path(conference), moderator)
        let token = try #require((try list.json["tokens"] as? [[String: Any]])?.first)
        #expect(token["createdBy"] as? String == "\(conference.moderator.id)")
        #expect(token["lastUsedAt"] as? String == "2021-06-16T12:00:00.000Z")
        #expect(!list.text.contains(secret), "a secret is told once")

        let id = try #require(token["id"] as? String)
        #expect(try await conference.ask(.delete, "\(path(conference))/\(id)", moderator).status == .noContent)
        #expect(try await conference.ask(.get, people, headers).problem == "invalid-token")
    }

    @Test func `nobody gives a token what they may not do themselves`() async throws {
        let conference = try await TestConference()
        let scopes = "\"sessions:read\",\"recordings:delete\""
        #expect(try await order(conference, as: conference.moderator, scopes: scopes).problem == "not-granted")
        #expect(try await order(conference, as: conference.archivist, scopes: scopes).problem == "not-granted")
        #expect(try await conference.hub.tokens.tokens(in: conference.conference.id).isEmpty)
    }

    @Test func `a token makes, sees and revokes no tokens`() async throws {
        let conference = try await TestConference()
        let headers = TestConference.bearing(
            try await conference.token(Set(Scope.allCases)), [.contentType: "application/json"])
        let body = "{\"name\":\"x\",\"scopes\":[\"events\"],\"expiresAt\":\"2021-06-19T00:00:00Z\"}"
        #expect(try await conference.ask(.post, path(conference), headers, body: body).problem == "person-needed")
        #expect(try await conference.ask(.get, path(conference), headers).problem == "person-needed")
        let id = try #require(try await conference.hub.tokens.tokens(in: conference.conference.id).first?.id)
        #expect(try await conference.ask(.delete, "\(path(conference))/\(id)", headers).problem == "person-needed")
    }

    @Test(arguments: [
        ("", "Display", "2021-06-19T00:00:00Z"), ("\"everything\"", "Display", "2021-06-19T00:00:00Z"),
        ("\"events\"", " ", "2021-06-19T00:00:00Z"), ("\"events\"", "Display", "2021-06-15T00:00:00Z"),
        ("\"events\"", "Display", "2091-06-15T00:00:00Z"), ("\"events\"", "Display", "tomorrow"),
    ])
    func `an order that is wrong makes no token`(scopes: String, name: String, expiry: String) async throws {
        let conference = try await TestConference()
        let answer = try await order(conference, as: conference.moderator, scopes: scopes, name: name, until: expiry)
        #expect(["invalid-request", "impossible"].contains(answer.problem))
        #expect(try await conference.hub.tokens.tokens(in: conference.conference.id).isEmpty)
    }
}
