import Discussion
import Events
import Foundation
import HTTPTypes
import Programme
import Store
import Testing

@testable import WebServer

@Suite struct QuestionTests {
    /// A conference whose live session takes questions, and who asks there.
    private struct Scene {
        let conference: TestConference
        let member: HTTPFields
        let moderator: HTTPFields
        let archivist: HTTPFields
        var questions: String { "/api/v1/sessions/\(conference.live.id)/questions" }

        init(isOpen: Bool = true) async throws {
            conference = try await TestConference()
            member = TestConference.writing(as: try await conference.signIn(conference.member))
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            archivist = TestConference.writing(as: try await conference.signIn(conference.archivist))
            if isOpen {
                try await conference.hub.discussion.forums.setOpen(true, .questions, in: conference.live, by: .commandLine)
            }
        }

        func ask(_ method: HTTPRequest.Method, _ path: String = "", _ headers: HTTPFields, _ body: String? = nil) async throws
            -> Answer
        {
            try await conference.ask(method, questions + path, headers, body: body)
        }

        /// A question of the member's; a millisecond later, so that the order is that of asking.
        func question(_ text: String) async throws -> String {
            conference.clock.advance(by: .milliseconds(1))
            let body = String(decoding: try JSONSerialization.data(withJSONObject: ["text": text]), as: UTF8.self)
            return try await ask(.post, "", member, body).json["question"] as? String ?? ""
        }

        func put(_ question: String, _ standing: String) async throws {
            let answer = try await ask(.patch, "/\(question)", moderator, "{\"standing\":\"\(standing)\"}")
            #expect(answer.status == .noContent)
        }

        func read(_ headers: HTTPFields) async throws -> [[String: Any]] {
            try await ask(.get, "", headers).json["questions"] as? [[String: Any]] ?? []
        }

        func texts(_ headers: HTTPFields) async throws -> [String] {
            try await read(headers).compactMap { $0["text"] as? String }
        }
    }

    @Test func `nobody asks before a moderator opens the questions`() async throws {
        let scene = try await Scene(isOpen: false)
        #expect(try await scene.ask(.post, "", scene.member, "{\"text\":\"Why?\"}").problem == "conflict")
        #expect(try await scene.ask(.patch, "", scene.member, "{\"isOpen\":true}").problem == "not-granted")
        #expect(try await scene.ask(.patch, "", scene.moderator, "{\"isOpen\":true}").status == .noContent)
        #expect(try await scene.ask(.post, "", scene.member, "{\"text\":\"Why?\"}").status == .created)
    }

    @Test func `each reads what the standing of a question lets them`() async throws {
        let scene = try await Scene()
        let question = try await scene.question("Why?")
        for (standing, author, other) in [
            ("", 1, 0), ("approved", 1, 1), ("answered", 1, 1), ("dismissed", 1, 0), ("hidden", 0, 0),
        ] {
            if !standing.isEmpty { try await scene.put(question, standing) }
            #expect(try await scene.read(scene.member).count == author, "\(standing)")
            #expect(try await scene.read(scene.archivist).count == other, "\(standing)")
            #expect(try await scene.read(scene.moderator).count == 1, "\(standing)")
        }
        let kinds = try await scene.conference.store.auditEntries(in: scene.conference.conference.id, after: 0, limit: 100)
        #expect(
            kinds.map(\.kind.rawValue) == [
                "questions.open", "question.approve", "question.answer", "question.dismiss", "question.hide",
            ])
        #expect(try await scene.ask(.patch, "/\(question)", scene.moderator, "{\"standing\":\"waiting\"}").problem == "conflict")
        #expect(try await scene.ask(.patch, "/\(question)", scene.member, "{\"standing\":\"approved\"}").problem == "not-granted")
    }

    @Test func `a person has one vote for each question, which orders them, and may take it back`() async throws {
        let scene = try await Scene()
        let questions = [try await scene.question("first"), try await scene.question("second")]
        #expect(try await scene.ask(.put, "/\(questions[1])/vote", scene.archivist).status == .notFound)
        #expect(try await scene.ask(.put, "/\(questions[1])/vote", scene.member).problem == "conflict")
        for question in questions { try await scene.put(question, "approved") }
        let mark = scene.conference.hub.discussion.tallies.mark
        for _ in 1...3 {
            #expect(try await scene.ask(.put, "/\(questions[1])/vote", scene.archivist).json["votes"] as? Int == 1)
        }
        #expect(try await scene.texts(scene.member) == ["second", "first"])
        #expect(try await scene.read(scene.archivist).compactMap { $0["hasOwnVote"] as? Bool } == [true, false])
        #expect(try await scene.read(scene.member).compactMap { $0["hasOwnVote"] as? Bool } == [false, false])
        let change = scene.conference.hub.discussion.tallies.changes(in: scene.conference.live.id, since: mark)
        #expect(change?.counts == [questions[1]: 1])
        #expect(try await scene.ask(.delete, "/\(questions[1])/vote", scene.member).json["votes"] as? Int == 1)
        #expect(try await scene.ask(.delete, "/\(questions[1])/vote", scene.archivist).json["votes"] as? Int == 0)
        #expect(try await scene.texts(scene.member) == ["first", "second"])
    }

    @Test func `a question that is hidden or deleted is told to nobody who asks again`() async throws {
        let scene = try await Scene()
        let questions = [try await scene.question("kept"), try await scene.question("hidden"), try await scene.question("gone")]
        for question in questions { try await scene.put(question, "approved") }
        try await scene.put(questions[1], "hidden")
        #expect(try await scene.ask(.delete, "/\(questions[2])", scene.moderator).status == .noContent)
        var told = ""
        for event in try await scene.conference.store.events(in: scene.conference.conference.id, after: 0, limit: 100) {
            #expect(!event.data.contains("text"))
            told += try await scene.conference.hub.discussion.told(event)?.data ?? ""
        }
        #expect(told.contains("\"kept\"") && !told.contains("\"hidden\"") && !told.contains("\"gone\""))
    }

    @Test func `an export has all of it, safe against formulas, and clearing leaves nothing`() async throws {
        let scene = try await Scene()
        _ = try await scene.question("=1+1")
        #expect(try await scene.ask(.get, "/export", scene.member).problem == "not-granted")
        #expect(try await scene.ask(.get, "/export", scene.moderator).text.contains("\"'=1+1\",\"waiting\",\"0\"\r\n"))
        #expect(try await scene.ask(.get, "/export?format=xml", scene.moderator).problem == "invalid-request")
        let json = try await scene.ask(.get, "/export?format=json", scene.moderator).json["questions"] as? [[String: Any]]
        #expect(json?.first?["text"] as? String == "=1+1")
        #expect(try await scene.ask(.delete, "", scene.moderator).status == .noContent)
        #expect(try await scene.read(scene.moderator).isEmpty)
    }
}
