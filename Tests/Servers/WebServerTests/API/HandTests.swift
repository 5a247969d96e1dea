import Events
import Foundation
import HTTPTypes
import Identifiers
import Programme
import Registration
import Rooms
import Store
import Testing
import Time

@testable import Discussion
@testable import WebServer

/// M-8: a chair sees who wants to speak, in order, and calls on them.
@Suite struct HandTests {
    /// A conference whose live session takes hands, and who is in it.
    private struct Scene {
        let conference: TestConference
        let member: HTTPFields
        let moderator: HTTPFields
        let archivist: HTTPFields
        var hands: String { "/api/v1/sessions/\(conference.live.id)/hands" }

        init(isOpen: Bool = true) async throws {
            conference = try await TestConference()
            member = TestConference.writing(as: try await conference.signIn(conference.member))
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            archivist = TestConference.writing(as: try await conference.signIn(conference.archivist))
            for participant in [conference.member, conference.archivist] {
                _ = try await conference.hub.rooms.admit(participant, to: conference.live.id)
            }
            if isOpen {
                try await conference.hub.discussion.forums.setOpen(true, .hands, in: conference.live, by: .commandLine)
            }
        }

        func ask(_ method: HTTPRequest.Method, _ path: String = "", _ headers: HTTPFields, _ body: String? = nil) async throws
            -> Answer
        {
            try await conference.ask(method, hands + path, headers, body: body)
        }

        func raise(_ headers: HTTPFields) async throws -> Answer {
            conference.clock.advance(by: .microseconds(1100))
            return try await ask(.put, "/own", headers)
        }

        func line(_ headers: HTTPFields) async throws -> [String] {
            let hands = try await ask(.get, "", headers).json["hands"] as? [[String: Any]] ?? []
            return hands.compactMap { $0["name"] as? String }
        }

        func events() async throws -> [Event] {
            try await conference.store.events(in: conference.conference.id, after: 0, limit: 100)
        }
    }

    @Test func `M-8: moderators see the line in order, everybody else their own hand`() async throws {
        let scene = try await Scene()
        #expect(try await scene.raise(scene.archivist).status == .ok)
        #expect(try await scene.raise(scene.member).status == .ok)
        let again = try await scene.raise(scene.archivist)
        #expect(again.status == .ok)
        #expect(try await scene.line(scene.moderator) == ["Chloé", "Amina"])
        #expect(try await scene.line(scene.member) == ["Amina"])
        #expect(try await scene.ask(.delete, "/own", scene.archivist).status == .noContent)
        #expect(try await scene.ask(.delete, "/own", scene.archivist).status == .noContent)
        #expect(try await scene.line(scene.moderator) == ["Amina"])
        #expect(
            try await scene.events().map(\.kind.rawValue).filter { $0.hasPrefix("hand.") } == [
                "hand.raised", "hand.raised", "hand.lowered",
            ])
    }

    @Test func `M-8: a hand is raised only by who is in the session, while moderators take hands`() async throws {
        let closed = try await Scene(isOpen: false)
        #expect(try await closed.raise(closed.member).problem == "conflict")
        #expect(try await closed.ask(.patch, "", closed.member, "{\"isOpen\":true}").problem == "not-granted")
        #expect(try await closed.ask(.patch, "", closed.moderator, "{\"isOpen\":true}").status == .noContent)
        #expect(try await closed.raise(closed.member).status == .ok)
        #expect(try await closed.raise(closed.moderator).problem == "conflict", "who conducts it is not in it yet")
        #expect(try await closed.ask(.patch, "", closed.moderator, "{\"isOpen\":false}").status == .noContent)
        #expect(try await closed.ask(.delete, "/own", closed.member).status == .noContent)
        #expect(try await closed.line(closed.moderator).isEmpty)
    }

    @Test func `M-8: who is called on is told, as the moderators are, and it is on record`() async throws {
        let scene = try await Scene()
        let member = scene.conference.member.id
        #expect(try await scene.ask(.patch, "/\(member)", scene.moderator, "{\"isCalled\":true}").status == .notFound)
        _ = try await scene.raise(scene.member)
        _ = try await scene.raise(scene.archivist)
        #expect(try await scene.ask(.patch, "/\(member)", scene.member, "{\"isCalled\":true}").problem == "not-granted")
        #expect(try await scene.ask(.patch, "/\(member)", scene.moderator, "{\"isCalled\":false}").problem == "invalid-request")
        for _ in 1...2 {
            #expect(try await scene.ask(.patch, "/\(member)", scene.moderator, "{\"isCalled\":true}").status == .noContent)
        }
        let calls = try await scene.events().filter { $0.kind == .handCalled }
        #expect(calls.map(\.visibility) == [.moderatorsAnd(member)])
        #expect(try await scene.ask(.delete, "/\(member)", scene.archivist).problem == "not-granted")
        #expect(try await scene.ask(.delete, "/\(member)", scene.moderator).status == .noContent)
        #expect(try await scene.line(scene.moderator) == ["Chloé"])
        #expect(try await scene.ask(.get, "/export", scene.moderator).text.contains("\"Chloé\",\"Arendal\",\"no\"\r\n"))
        #expect(try await scene.ask(.delete, "", scene.moderator).status == .noContent)
        #expect(try await scene.line(scene.moderator).isEmpty)
        let audit = try await scene.conference.store.auditEntries(in: scene.conference.conference.id, after: 0, limit: 100)
        #expect(audit.map(\.kind.rawValue) == ["hands.open", "hand.call", "hand.lower", "hands.export", "hands.clear"])
    }

    @Test func `M-8: an event names no one whose hand is down again`() async throws {
        let scene = try await Scene()
        _ = try await scene.raise(scene.member)
        _ = try await scene.raise(scene.archivist)
        _ = try await scene.ask(.delete, "/own", scene.member)
        var told = ""
        for event in try await scene.events() {
            #expect(!event.data.contains("name"))
            told += try await scene.conference.hub.discussion.told(event)?.data ?? ""
        }
        #expect(told.contains("Chloé") && !told.contains("Amina"))
    }

    @Test func `M-8: leaving the room lowers the hand after a minute, and not before`() async throws {
        let scene = try await Scene()
        let (hands, clock) = (scene.conference.hub.discussion.hands, scene.conference.clock)
        _ = try await scene.raise(scene.member)
        _ = try await scene.raise(scene.archivist)
        for second in stride(from: 5, through: 70, by: 5) {
            clock.advance(by: .seconds(5))
            scene.conference.hub.rooms.touch(scene.conference.archivist.id, in: scene.conference.live.id)
            await hands.lowerAbsent()
            if second == 40 { #expect(hands.hands(in: scene.conference.live.id).count == 2) }
        }
        #expect(hands.hands(in: scene.conference.live.id).map(\.name) == ["Chloé"])
        #expect(try await scene.events().last?.kind == .handLowered)
    }

    @Test func `M-8: who is removed has no hand up`() async throws {
        let scene = try await Scene()
        _ = try await scene.raise(scene.member)
        let removal = "{\"participant\":\"\(scene.conference.member.id)\",\"reason\":\"Noise\"}"
        let path = "/api/v1/sessions/\(scene.conference.live.id)/removals"
        let answer = try await scene.conference.ask(.post, path, scene.moderator, body: removal)
        #expect(answer.status.kind == .successful)
        #expect(try await scene.line(scene.moderator).isEmpty)
    }

    @Test func `O-4: raising and lowering without end is slowed down`() async throws {
        let scene = try await Scene()
        var problems: Set<String> = []
        for _ in 1...10 {
            if let problem = try await scene.raise(scene.member).problem { problems.insert(problem) }
            _ = try await scene.ask(.delete, "/own", scene.member)
        }
        #expect(problems == ["too-many-requests"])
    }
}
