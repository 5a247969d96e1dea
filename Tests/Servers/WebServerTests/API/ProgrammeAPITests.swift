import Access
import Foundation
import HTTPTypes
import Programme
import Registration
import Store
import Testing

@testable import WebServer

/// The conference as YAML over the API.
@Suite struct ProgrammeAPITests {
    private let conference: TestConference
    private let path: String

    init() async throws {
        conference = try await TestConference()
        path = "/api/v1/conferences/\(conference.conference.id)/programme"
    }

    private func export() async throws -> (yaml: String, tag: String) {
        let answer = try await conference.ask(.get, path)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/yaml")
        return (answer.text, try #require(answer.headers[.eTag]))
    }

    private func put(_ yaml: String, _ more: HTTPFields = [:], to path: String? = nil) async throws -> Answer {
        let token = try await conference.token([.programmeWrite])
        var headers = TestConference.bearing(token, more)
        headers[.contentType] = "application/yaml"
        return try await conference.ask(path == nil ? .put : .post, path ?? self.path, headers, body: yaml)
    }

    @Test func `what is exported can be changed and put back, and sessions keep their ids`() async throws {
        let (yaml, tag) = try await export()
        let changed = yaml.replacing("Good practice", with: "Better practice")
        let answer = try await put(changed, [.ifMatch: tag])
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(try answer.json["version"] as? Int == 2)
        let now = try await export()
        #expect(now.yaml == changed && now.tag == answer.headers[.eTag] && now.tag != tag)
        #expect(try await conference.store.session(conference.near.id)?.title.texts["en"] == "Better practice")
        #expect(try await conference.store.rooms(in: conference.conference.id) == [conference.room])
        #expect(try await conference.ask(.get, path, [.ifNoneMatch: now.tag]).status == .notModified)
    }

    @Test func `of two who change the same version one is told`() async throws {
        let (yaml, tag) = try await export()
        #expect(try await put(yaml, [.ifMatch: tag]).status == .ok)
        #expect(try await put(yaml, [.ifMatch: tag]).problem == "precondition-failed")
        #expect(try await put(yaml).problem == "precondition-required")
        #expect(try await put(yaml).status.code == 428)
    }

    @Test func `what it would change is told, and nothing is changed`() async throws {
        let (yaml, tag) = try await export()
        let answer = try await put(yaml.replacing("Opening", with: "Beginning"), to: path + "/changes")
        let changes = try #require(try answer.json["changes"] as? [[String: Any]])
        #expect(changes.count == 1)
        #expect(changes.first?["subject"] as? String == "session \(conference.ended.id)")
        #expect(try await export().tag == tag)
    }

    @Test func `faults come with line and field, and nothing is changed`() async throws {
        let (yaml, tag) = try await export()
        let answer = try await put(yaml.replacing("format: debate", with: "format: dance"), [.ifMatch: tag])
        #expect(answer.status.code == 422 && answer.problem == "invalid-programme")
        let faults = try #require(try answer.json["faults"] as? [[String: Any]])
        #expect(faults.count == 3 && faults.first?["field"] as? String == "sessions[0].format")
        #expect(faults.allSatisfy { ($0["line"] as? Int ?? 0) > 1 })
        #expect(try await export() == (yaml, tag))
    }

    @Test func `hostile bodies are refused`() async throws {
        let (yaml, tag) = try await export()
        let bomb = "a: &a [x, x]\nb: &b [*a, *a]\n"
        #expect(try await put(bomb, [.ifMatch: tag]).problem == "invalid-programme")
        #expect(try await put(String(repeating: "[", count: 100_000), [.ifMatch: tag]).problem == "invalid-programme")
        #expect(try await put(String(repeating: "x", count: 2 << 20), [.ifMatch: tag]).problem == "content-too-large")
        #expect(try await put(yaml.replacing("wepc-2021", with: "another"), [.ifMatch: tag]).problem == "conflict")
        #expect(try await export() == (yaml, tag))
    }

    @Test func `only the secretariat's scope changes the programme`() async throws {
        let (yaml, tag) = try await export()
        let token = try await conference.token([.sessionsRead, .sessionsModerate])
        let headers = TestConference.bearing(token, [.ifMatch: tag, .contentType: "application/yaml"])
        #expect(try await conference.ask(.put, path, headers, body: yaml).problem == "scope-needed")
        let moderator = TestConference.writing(as: try await conference.signIn(conference.moderator), [.ifMatch: tag])
        #expect(try await conference.ask(.put, path, moderator, body: yaml).problem == "not-granted")
        #expect(try await conference.ask(.put, path, [.ifMatch: tag], body: yaml).problem == "sign-in-needed")
    }

    // MARK: - Drafts

    private func keep(_ yaml: String) async throws -> Answer {
        let headers = TestConference.bearing(try await conference.token([.programmeWrite]), [.contentType: "application/yaml"])
        return try await conference.ask(.post, path + "/versions", headers, body: yaml)
    }

    private func ask(_ method: HTTPRequest.Method, _ more: String) async throws -> Answer {
        try await conference.ask(
            method, "\(path)/versions\(more)", TestConference.bearing(try await conference.token([.programmeWrite])))
    }

    @Test func `a draft is kept under its number, seen by nobody else, and published when it is time`() async throws {
        let (yaml, tag) = try await export()
        let changed = yaml.replacing("Good practice", with: "Better practice")
        let kept = try await keep(changed)
        #expect(kept.status == .created, "\(kept.text)")
        #expect(try kept.json["number"] as? Int == 2 && kept.json["state"] as? String == "draft")
        #expect(try await export() == (yaml, tag))
        #expect(try await ask(.get, "/2").text == changed)
        let published = try await ask(.post, "/2/publish")
        #expect(published.status == .ok && published.headers[.eTag] == "\"programme-2\"")
        #expect(try await export().yaml == changed)
        let versions = try #require(try await ask(.get, "").json["versions"] as? [[String: Any]])
        #expect(versions.compactMap { $0["state"] as? String } == ["published", "published"])
        #expect(try await ask(.post, "/2/publish").problem == "not-found")
    }

    @Test func `a draft that is older than what is published is not published`() async throws {
        let (yaml, tag) = try await export()
        #expect(try await keep(yaml.replacing("Good practice", with: "Old practice")).status == .created)
        let newer = try await put(yaml.replacing("Good practice", with: "New practice"), [.ifMatch: tag])
        #expect(try newer.json["version"] as? Int == 3)
        #expect(try await ask(.post, "/2/publish").problem == "conflict")
        #expect(try await export().yaml.contains("New practice"))
    }

    @Test func `a draft with faults is not kept, and drafts are for the secretariat alone`() async throws {
        let yaml = try await export().yaml
        #expect(try await keep(yaml.replacing("format: debate", with: "format: dance")).problem == "invalid-programme")
        #expect(try await ask(.get, "/2").problem == "not-found")
        #expect(try await ask(.get, "/99999999999999999999").problem == "not-found")
        #expect(try await conference.ask(.get, path + "/versions").problem == "sign-in-needed")
    }
}
