import Access
import Foundation
import HTTPTypes
import Programme
import Registration
import Testing

@testable import WebServer

/// What `Idempotency-Key` does (draft-ietf-httpapi-idempotency-key-header-07).
@Suite struct RepetitionTests {
    private func order(
        _ conference: TestConference, by token: Secret, key: String? = "k-1", name: String = "Desk"
    ) async throws -> Answer {
        var headers = TestConference.bearing(token, [.contentType: "application/json"])
        headers[.idempotencyKey] = key
        return try await conference.ask(
            .post, "/api/v1/rooms/\(conference.room.id)/stream-keys", headers, body: "{\"name\":\"\(name)\"}")
    }

    private func keys(_ conference: TestConference) async throws -> Int {
        try await conference.hub.streamKeys.keys(in: conference.room.id).count
    }

    @Test func `asking again with a key repeats the first answer and makes nothing`() async throws {
        let conference = try await TestConference()
        let token = try await conference.token([.streamKeys])
        let first = try await order(conference, by: token)
        #expect(first.status == .created && first.headers[.idempotentReplayed] == nil)
        let again = try await order(conference, by: token)
        #expect(again.status == .created && again.headers[.idempotentReplayed] == "true")
        #expect(again.text == first.text && again.headers[.contentType] == first.headers[.contentType])
        #expect(try await keys(conference) == 1)
    }

    @Test func `without a key, with another key and by another caller a call is a new one`() async throws {
        let conference = try await TestConference()
        let token = try await conference.token([.streamKeys])
        for key in [nil, nil, "k-1", "k-2"] { #expect(try await order(conference, by: token, key: key).status == .created) }
        #expect(try await order(conference, by: try await conference.token([.streamKeys])).status == .created)
        #expect(try await keys(conference) == 5)
    }

    @Test func `a key that named another call is refused`() async throws {
        let conference = try await TestConference()
        let token = try await conference.token([.streamKeys])
        _ = try await order(conference, by: token)
        let other = try await order(conference, by: token, name: "Second desk")
        #expect(other.status == .unprocessableContent && other.problem == "key-reused")
        #expect(try await keys(conference) == 1)
    }

    @Test func `while the first call is under way the second waits`() async throws {
        let conference = try await TestConference()
        let token = try await conference.token([.streamKeys])
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<8 { group.addTask { try await order(conference, by: token) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try await keys(conference) == 1)
        for answer in answers where answer.status != .created {
            #expect(answer.problem == "call-under-way" && answer.headers[.retryAfter] == "1")
        }
    }

    @Test func `what was refused is asked anew`() async throws {
        let conference = try await TestConference()
        let token = try await conference.token([.streamKeys])
        #expect(try await order(conference, by: token, name: " ").problem == "impossible")
        #expect(try await order(conference, by: token).status == .created)
        let stranger = try await conference.token([.events])
        for _ in 0..<2 { #expect(try await order(conference, by: stranger).problem == "scope-needed") }
    }

    @Test(arguments: ["", String(repeating: "k", count: 256)])
    func `a key has from 1 to 255 bytes`(key: String) async throws {
        let conference = try await TestConference()
        let token = try await conference.token([.streamKeys])
        #expect(try await order(conference, by: token, key: key).problem == "invalid-request")
        #expect(try await keys(conference) == 0)
    }

    @Test func `an admission gives a new pass each time`() async throws {
        let conference = try await TestConference()
        let headers = TestConference.writing(
            as: try await conference.signIn(conference.member), [.idempotencyKey: "k-1"])
        for _ in 0..<2 {
            let answer = try await conference.ask(.post, "/api/v1/sessions/\(conference.live.id)/admission", headers)
            #expect(answer.status == .ok && answer.headers[.setCookie] != nil && answer.headers[.idempotentReplayed] == nil)
        }
    }
}
