import Discussion
import Events
import Foundation
import HTTPTypes
import Identifiers
import Programme
import Registration
import Rooms
import Store
import Testing

@testable import WebServer

@Suite struct ChatTests {
    /// A conference whose live session has an open chat, and who asks there.
    private struct Scene {
        let conference: TestConference
        let member: HTTPFields
        let moderator: HTTPFields
        var chat: String { "/api/v1/sessions/\(conference.live.id)/chat" }

        init(isOpen: Bool = true) async throws {
            conference = try await TestConference()
            member = TestConference.writing(as: try await conference.signIn(conference.member))
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            if isOpen { try await conference.hub.discussion.forums.setOpen(true, .chat, in: conference.live, by: .commandLine) }
        }

        /// A millisecond later, so that the order of messages is that of posting.
        func post(_ text: String, _ headers: HTTPFields? = nil) async throws -> Answer {
            conference.clock.advance(by: .milliseconds(1))
            let body = String(decoding: try JSONSerialization.data(withJSONObject: ["text": text]), as: UTF8.self)
            return try await conference.ask(.post, "\(chat)/messages", headers ?? member, body: body)
        }

        func messages(_ headers: HTTPFields) async throws -> [[String: Any]] {
            try await conference.ask(.get, chat, headers).json["messages"] as? [[String: Any]] ?? []
        }

        func audit() async throws -> [String] {
            try await conference.store.auditEntries(in: conference.conference.id, after: 0, limit: 100).map(\.kind.rawValue)
        }
    }

    @Test func `nobody writes before a moderator opens the chat`() async throws {
        let scene = try await Scene(isOpen: false)
        #expect(try await scene.post("Hello").problem == "conflict")
        #expect(
            try await scene.conference.ask(.patch, scene.chat, scene.member, body: "{\"isOpen\":true}").problem == "not-granted")
        #expect(
            try await scene.conference.ask(.patch, scene.chat, scene.moderator, body: "{\"isOpen\":true}").status == .noContent)
        #expect(try await scene.post("Hello").status == .created)
        #expect(try await scene.audit() == ["chat.open"])
    }

    @Test(arguments: ["<script>alert(1)</script>", "\u{202E}txt.exe", "\u{1F3DB}", "a\u{301}\"'", "=1+1"])
    func `a text comes back as it was typed`(text: String) async throws {
        let scene = try await Scene()
        #expect(try await scene.post(text).status == .created)
        #expect(try await scene.messages(scene.member).first?["text"] as? String == text)
        let page = try await scene.conference.ask(.get, "/sessions/\(scene.conference.live.id)/live", scene.member)
        #expect(page.status == .ok)
        #expect(!page.text.contains("<script>alert(1)"))
    }

    @Test(arguments: [
        "", "  ", "a\u{0}b", "\u{200B}", String(repeating: "x", count: 1001), String(repeating: "\u{1F600}", count: 800),
    ])
    func `a text that is not taken changes nothing`(text: String) async throws {
        let scene = try await Scene()
        #expect(try await scene.post(text).problem == "impossible")
        #expect(try await scene.messages(scene.member).isEmpty)
    }

    @Test func `who writes too fast is told how long to wait`() async throws {
        let scene = try await Scene()
        for number in 1...5 { #expect(try await scene.post("\(number)").status == .created) }
        let refused = try await scene.post("6")
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers[.retryAfter] == "2")
        #expect(try await scene.post("mine", scene.moderator).status == .created)
        scene.conference.clock.advance(by: .seconds(2))
        #expect(try await scene.post("6").status == .created)
    }

    @Test func `what is hidden is seen by moderators only, what is deleted by nobody, and both are on record`() async throws {
        let scene = try await Scene()
        for text in ["one", "two"] { _ = try await scene.post(text) }
        let ids = try await scene.messages(scene.member).compactMap { $0["message"] as? String }
        func ask(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: String? = nil) async throws
            -> Answer
        {
            try await scene.conference.ask(method, scene.chat + path, headers, body: body)
        }
        #expect(try await ask(.patch, "/messages/\(ids[0])", scene.member, "{\"isHidden\":true}").problem == "not-granted")
        #expect(try await ask(.patch, "/messages/\(ids[0])", scene.moderator, "{\"isHidden\":true}").status == .noContent)
        #expect(try await scene.messages(scene.member).compactMap { $0["text"] as? String } == ["two"])
        #expect(try await scene.messages(scene.moderator).compactMap { $0["isHidden"] as? Bool } == [true, false])
        #expect(try await ask(.delete, "/messages/\(ids[1])", scene.moderator).status == .noContent)
        #expect(try await scene.messages(scene.member).isEmpty)
        #expect(try await ask(.delete, "/messages/\(ids[1])", scene.moderator).status == .notFound)
        #expect(try await ask(.delete, "", scene.moderator).status == .noContent)
        #expect(try await scene.messages(scene.moderator).isEmpty)
        #expect(try await scene.audit() == ["chat.open", "chat.hide", "chat.delete", "chat.clear"])
    }

    @Test func `an export is safe against formulas`() async throws {
        let scene = try await Scene()
        for text in ["=HYPERLINK(\"x\")", "say \"hi\", all"] { _ = try await scene.post(text) }
        #expect(try await scene.conference.ask(.get, "\(scene.chat)/export", scene.member).problem == "not-granted")
        let export = try await scene.conference.ask(.get, "\(scene.chat)/export", scene.moderator)
        #expect(export.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(export.text.contains("\"'=HYPERLINK(\"\"x\"\")\",\"no\"\r\n"))
        #expect(export.text.contains("\"say \"\"hi\"\", all\""))
        #expect(try await scene.audit().last == "chat.export")
    }

    @Test func `who was removed neither reads nor writes`() async throws {
        let scene = try await Scene()
        let conference = scene.conference
        try await conference.hub.rooms.remove(conference.member.id, from: conference.live.id, reason: "Noise", by: .commandLine)
        #expect(try await scene.post("Hello").problem == "removed")
        #expect(try await conference.ask(.get, scene.chat, scene.member).problem == "removed")
    }

    @Test func `a message that was hidden is told to nobody who asks again`() async throws {
        let scene = try await Scene()
        let hub = scene.conference.hub
        _ = try await scene.post("kept")
        _ = try await scene.post("hidden soon")
        let messages = try await hub.chat.messages(in: scene.conference.live.id, limit: 9, withHidden: true)
        try await hub.chat.setHidden(true, messages[1], by: .commandLine)
        let events = try await scene.conference.store.events(in: scene.conference.conference.id, after: 0, limit: 100)
        #expect(!events.contains { $0.data.contains("hidden soon") })
        var told: [String] = []
        for event in events { if let event = try await hub.discussion.told(event) { told.append(event.data) } }
        #expect(told.contains { $0.contains("\"text\":\"kept\"") })
        #expect(!told.contains { $0.contains("hidden soon") })
    }
}
