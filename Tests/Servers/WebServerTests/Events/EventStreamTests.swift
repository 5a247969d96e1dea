import Access
import Events
import Identifiers
import Programme
import Registration
import Rooms
import Testing

@testable import WebServer

/// Server-sent events over a socket.
@Suite struct EventStreamTests {
    private func follow(
        _ conference: TestConference, as participant: Participant, on port: Int, after last: Int64? = nil
    ) async throws -> (client: RawClient, cookie: Secret) {
        let cookie = try await conference.signIn(participant)
        let client = try await RawClient(port: port)
        let resume = last.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        try await client.send(
            """
            GET /api/v1/sessions/\(conference.live.id)/events HTTP/1.1\r
            Host: 127.0.0.1\r
            Cookie: signin=\(cookie.text)\r
            \(resume)\r

            """)
        try await eventually { client.text.contains("retry: 2000") }
        return (client, cookie)
    }

    private func publish(_ conference: TestConference, _ kind: EventKind, to visibility: EventVisibility = .everyone) async throws
    {
        try await conference.hub.events.publish(
            EventDraft(
                kind, conference: conference.conference.id, session: conference.live.id, visibility: visibility, data: "{}"))
    }

    @Test func `what happens is told with its number, and again to who comes back`() async throws {
        let conference = try await TestConference()
        try await conference.serve { port in
            let (first, _) = try await follow(conference, as: conference.member, on: port)
            #expect(first.text.contains("text/event-stream"))
            #expect(first.text.lowercased().contains("cache-control: no-store"))
            for kind in [EventKind.feedStarted, .feedInterrupted, .feedResumed] { try await publish(conference, kind) }
            try await eventually { first.text.contains("event: feed.resumed") }
            #expect(first.text.contains("id: 1\nevent: feed.started\ndata: {\"instant\":"))
            #expect(first.text.contains("\"session\":\"\(conference.live.id)\"}"))
            let (again, _) = try await follow(conference, as: conference.member, on: port, after: 1)
            try await eventually { again.text.contains("event: feed.resumed") }
            #expect(!again.text.contains("event: feed.started"))
            #expect(again.text.contains("id: 2\nevent: feed.interrupted"))
        }
    }

    @Test func `the number present is told and not stored`() async throws {
        let conference = try await TestConference()
        _ = try await conference.hub.rooms.admit(conference.member, to: conference.live.id)
        try await conference.serve { port in
            let (client, _) = try await follow(conference, as: conference.member, on: port)
            try await eventually { client.text.contains("event: presence\ndata: {\"present\":1}\n\n") }
            #expect(!client.text.contains("id: "))
        }
    }

    @Test func `a participant hears nothing that is for moderators`() async throws {
        let conference = try await TestConference()
        try await conference.serve { port in
            let (member, _) = try await follow(conference, as: conference.member, on: port)
            let (moderator, _) = try await follow(conference, as: conference.moderator, on: port)
            try await publish(conference, .recordingFailed, to: .moderators)
            try await publish(conference, .participantReadmitted, to: .moderatorsAnd(conference.archivist.id))
            try await publish(conference, .feedStarted)
            try await eventually { member.text.contains("feed.started") && moderator.text.contains("feed.started") }
            #expect(!member.text.contains("recording.failed") && !member.text.contains("participant.readmitted"))
            #expect(moderator.text.contains("recording.failed") && moderator.text.contains("participant.readmitted"))
        }
    }

    @Test func `who is removed hears of it and of nothing more`() async throws {
        let conference = try await TestConference()
        try await conference.serve { port in
            let (client, _) = try await follow(conference, as: conference.member, on: port)
            try await conference.removeMember()
            try await publish(conference, .feedEnded)
            try await eventually { client.isClosed }
            #expect(client.text.contains("event: participant.removed"))
            #expect(client.text.contains("\"reason\":\"Noise\""))
            #expect(!client.text.contains("feed.ended"))
        }
    }

    @Test func `signing out ends the stream`() async throws {
        let conference = try await TestConference()
        try await conference.serve { port in
            let (client, cookie) = try await follow(conference, as: conference.member, on: port)
            try await conference.hub.signIns.signOut(cookie)
            try await publish(conference, .feedEnded)
            try await eventually { client.isClosed }
            #expect(!client.text.contains("feed.ended"))
        }
    }

    @Test func `a stopping server ends its streams`() async throws {
        let conference = try await TestConference()
        let client = try await conference.serve { port in
            try await follow(conference, as: conference.member, on: port).client
        }
        try await eventually { client.isClosed }
    }

    @Test func `a client that goes away is not waited for`() async throws {
        let conference = try await TestConference()
        try await conference.serve { port in
            let (client, _) = try await follow(conference, as: conference.member, on: port)
            try await client.close()
        }
    }
}
