import Discussion
import Events
import Foundation
import HTTPTypes
import Identifiers
import Programme
import Registration
import Testing

@testable import Store
@testable import WebServer

/// M-8: what the room thinks, which binds nobody.
@Suite struct PollTests {
    /// A conference whose live session has polls, and who votes there.
    private struct Scene {
        let conference: TestConference
        let member: HTTPFields
        let moderator: HTTPFields
        let archivist: HTTPFields
        var polls: String { "/api/v1/sessions/\(conference.live.id)/polls" }

        init() async throws {
            conference = try await TestConference()
            member = TestConference.writing(as: try await conference.signIn(conference.member))
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            archivist = TestConference.writing(as: try await conference.signIn(conference.archivist))
        }

        func ask(_ method: HTTPRequest.Method, _ path: String = "", _ headers: HTTPFields, _ body: String? = nil) async throws
            -> Answer
        {
            try await conference.ask(method, polls + path, headers, body: body)
        }

        /// A poll of three choices; a millisecond later, so that the order is that of drafting.
        func poll(_ text: String = "Which?", several: Bool = false, anonymous: Bool = false, isOpen: Bool = true) async throws
            -> String
        {
            conference.clock.advance(by: .milliseconds(1))
            let order: [String: Any] = [
                "text": text, "choices": ["=1+1", "second", "third"], "takesSeveral": several, "isAnonymous": anonymous,
            ]
            let body = String(decoding: try JSONSerialization.data(withJSONObject: order), as: UTF8.self)
            let poll = try await ask(.post, "", moderator, body).json["poll"] as? String ?? ""
            if isOpen { try await put(poll, "open") }
            return poll
        }

        func put(_ poll: String, _ state: String) async throws {
            let answer = try await ask(.patch, "/\(poll)", moderator, "{\"state\":\"\(state)\"}")
            #expect(answer.status == .noContent)
        }

        func cast(_ choices: String, in poll: String, _ headers: HTTPFields) async throws -> Answer {
            try await ask(.put, "/\(poll)/ballot", headers, "{\"choices\":\(choices)}")
        }

        func read(_ headers: HTTPFields) async throws -> [[String: Any]] {
            try await ask(.get, "", headers).json["polls"] as? [[String: Any]] ?? []
        }

        /// The votes that a reader is told of the first poll; -1 where they are not told.
        func votes(_ headers: HTTPFields) async throws -> [Int] {
            let choices = try await read(headers).first?["choices"] as? [[String: Any]] ?? []
            return choices.map { $0["votes"] as? Int ?? -1 }
        }

        /// The rows that say who chose what.
        func ballotRows() async throws -> Int? {
            try await conference.store.read { connection throws(StoreError) in
                try connection.first("SELECT count(*) AS rows FROM poll_ballot") {
                    record throws(StoreError) in try record.value("rows", as: Int.self)
                }
            }
        }
    }

    @Test func `M-8: each is told of a poll what its state lets them`() async throws {
        let scene = try await Scene()
        let poll = try await scene.poll(isOpen: false)
        #expect(try await scene.read(scene.member).isEmpty)
        #expect(try await scene.cast("[0]", in: poll, scene.member).status == .notFound)
        #expect(try await scene.ask(.patch, "/\(poll)", scene.member, "{\"state\":\"open\"}").problem == "not-granted")
        #expect(try await scene.ask(.patch, "/\(poll)", scene.moderator, "{\"state\":\"published\"}").problem == "conflict")
        try await scene.put(poll, "open")
        #expect(try await scene.cast("[1]", in: poll, scene.member).json["ballots"] as? Int == 1)
        for reader in [scene.member, scene.moderator] { #expect(try await scene.votes(reader) == [-1, -1, -1]) }
        try await scene.put(poll, "closed")
        #expect(try await scene.cast("[0]", in: poll, scene.archivist).problem == "conflict")
        #expect(try await scene.votes(scene.member) == [-1, -1, -1])
        #expect(try await scene.votes(scene.moderator) == [0, 1, 0])
        try await scene.put(poll, "published")
        #expect(try await scene.votes(scene.archivist) == [0, 1, 0])
        #expect(try await scene.ask(.delete, "/\(poll)", scene.moderator).status == .noContent)
        let audit = try await scene.conference.store.auditEntries(in: scene.conference.conference.id, after: 0, limit: 100)
        #expect(
            audit.map(\.kind.rawValue) == ["poll.draft", "polls.open", "poll.open", "poll.close", "poll.publish", "poll.delete"])
    }

    @Test func `M-8: a ballot that is not anonymous is changed while the poll is open, and counts once`() async throws {
        let scene = try await Scene()
        let poll = try await scene.poll(several: true)
        let mark = scene.conference.hub.discussion.tallies.mark
        for choices in ["[0]", "[0,1]", "[2,1]"] {
            #expect(try await scene.cast(choices, in: poll, scene.member).json["ballots"] as? Int == 1)
        }
        #expect(try await scene.cast("[2]", in: poll, scene.archivist).json["ballots"] as? Int == 2)
        #expect(scene.conference.hub.discussion.tallies.changes(in: scene.conference.live.id, since: mark)?.counts == [poll: 2])
        #expect(try await scene.read(scene.member).first?["ownChoices"] as? [Int] == [1, 2])
        try await scene.put(poll, "closed")
        #expect(try await scene.votes(scene.moderator) == [0, 1, 2])
        let json = try await scene.ask(.get, "/export?format=json", scene.moderator).json["polls"] as? [[String: Any]]
        let made = json?.first?["choicesMade"] as? [[String: Any]] ?? []
        #expect(made.compactMap { $0["name"] as? String } == ["Amina", "Amina", "Chloé"])
        #expect(made.compactMap { $0["choice"] as? Int } == [1, 2, 2])
    }

    @Test func `M-8: an anonymous ballot leaves no row that ties it to anybody, and cannot be changed`() async throws {
        let scene = try await Scene()
        let poll = try await scene.poll(anonymous: true)
        #expect(try await scene.cast("[1]", in: poll, scene.member).status == .ok)
        #expect(try await scene.cast("[0]", in: poll, scene.member).problem == "conflict")
        #expect(try await scene.ballotRows() == 0)
        let own = try await scene.read(scene.member).first
        #expect(own?["hasOwnBallot"] as? Bool == true && (own?["ownChoices"] as? [Int])?.isEmpty == true)
        try await scene.put(poll, "closed")
        #expect(try await scene.votes(scene.moderator) == [0, 1, 0])
        let export = try await scene.ask(.get, "/export?format=json", scene.moderator).text
        #expect(!export.contains("Amina") && !export.contains("choicesMade"))
        let named = try await scene.poll("Open?")
        _ = try await scene.cast("[1]", in: named, scene.member)
        #expect(try await scene.ballotRows() == 1, "the rows that are counted are those of polls that are not anonymous")
    }

    @Test(arguments: ["[]", "[0,1]", "[3]", "[-1]", "[0,0]", "[9223372036854775807]", "[\"0\"]", "{}"])
    func `O-4: a ballot that is none of the poll's changes nothing`(choices: String) async throws {
        let scene = try await Scene()
        let poll = try await scene.poll()
        let problem = try await scene.cast(choices, in: poll, scene.member).problem
        #expect(["impossible", "invalid-request"].contains(problem))
        try await scene.put(poll, "closed")
        #expect(try await scene.votes(scene.moderator) == [0, 0, 0])
    }

    @Test(arguments: [
        #"{"text":"Which?","choices":["one"]}"#, #"{"text":"Which?","choices":["one","one "]}"#,
        #"{"text":" ","choices":["one","two"]}"#, #"{"text":"Which?","choices":["one","\u0000"]}"#,
        #"{"text":"Which?","choices":["1","2","3","4","5","6","7","8","9","10","11","12","13"]}"#, #"{"text":"Which?"}"#,
    ])
    func `O-4: a draft that is not taken changes nothing`(order: String) async throws {
        let scene = try await Scene()
        let problem = try await scene.ask(.post, "", scene.moderator, order).problem
        #expect(["impossible", "invalid-request"].contains(problem))
        #expect(try await scene.read(scene.moderator).isEmpty)
    }

    @Test func `M-8: an event of a poll tells its votes only once they are published`() async throws {
        let scene = try await Scene()
        let poll = try await scene.poll()
        _ = try await scene.cast("[1]", in: poll, scene.member)
        func told() async throws -> [String] {
            var told: [String] = []
            for event in try await scene.conference.store.events(in: scene.conference.conference.id, after: 0, limit: 100) {
                #expect(!event.data.contains("second"))
                if let data = try await scene.conference.hub.discussion.told(event)?.data { told.append(data) }
            }
            return told
        }
        try await scene.put(poll, "closed")
        #expect(try await told().allSatisfy { !$0.contains("votes") })
        try await scene.put(poll, "published")
        #expect(try await told().contains { $0.contains("\"votes\":1") })
        #expect(try await scene.ask(.delete, "/\(poll)", scene.moderator).status == .noContent)
        #expect(try await told().allSatisfy { !$0.contains("second") })
    }

    @Test func `M-8: an export is safe against formulas, and clearing leaves nothing`() async throws {
        let scene = try await Scene()
        let poll = try await scene.poll("@SUM(A1)", anonymous: true)
        #expect(try await scene.ask(.get, "/export", scene.member).problem == "not-granted")
        #expect(try await scene.ask(.get, "/export", scene.moderator).text.contains("\"open\",\"0\",\"'=1+1\",\"\"\r\n"))
        _ = try await scene.cast("[0]", in: poll, scene.member)
        try await scene.put(poll, "closed")
        let text = try await scene.ask(.get, "/export", scene.moderator).text
        #expect(text.contains("\"'@SUM(A1)\",\"no\",\"yes\",\"closed\",\"1\",\"'=1+1\",\"1\"\r\n"))
        #expect(try await scene.ask(.delete, "", scene.member).problem == "not-granted")
        #expect(try await scene.ask(.delete, "", scene.moderator).status == .noContent)
        #expect(try await scene.read(scene.moderator).isEmpty)
    }

    @Test func `M-8: ballots are taken only while a moderator lets them be taken`() async throws {
        let scene = try await Scene()
        let poll = try await scene.poll()
        #expect(try await scene.ask(.patch, "", scene.moderator, "{\"isOpen\":false}").status == .noContent)
        #expect(try await scene.cast("[1]", in: poll, scene.member).problem == "conflict")
        #expect(try await scene.ask(.patch, "", scene.moderator, "{\"isOpen\":true}").status == .noContent)
        #expect(try await scene.cast("[1]", in: poll, scene.member).status == .ok)
    }
}
