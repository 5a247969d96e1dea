import Access
import Archive
import Events
import Foundation
import HTTPTypes
import Identifiers
import Programme
import Registration
import Store
import Testing

@testable import WebServer

@Suite struct ArchiveAPITests {
    private func list(_ conference: TestConference, _ query: String) async throws -> (ids: [String], next: String?) {
        let token = try await conference.token([.recordingsRead])
        let answer = try await conference.ask(
            .get, "/api/v1/conferences/\(conference.conference.id)/recordings\(query)", TestConference.bearing(token))
        #expect(answer.status == .ok, "\(answer.text)")
        let recordings = try answer.json["recordings"] as? [[String: Any]] ?? []
        return (recordings.compactMap { $0["id"] as? String }, try answer.json["next"] as? String)
    }

    @Test func `recordings come in pages, the latest first, and by words`() async throws {
        let conference = try await TestConference()
        var ids: [String] = []
        for _ in 0..<3 {
            ids.append(try await conference.archive([1]).id.description)
            conference.clock.advance(by: .seconds(1))
        }
        let first = try await list(conference, "?limit=2")
        let second = try await list(conference, "?limit=2&after=\(first.next ?? "")")
        #expect(Set(first.ids + second.ids) == Set(ids))
        #expect(first.ids.count == 2 && second.next == nil)
        #expect(try await list(conference, "?q=OPEN").ids.count == 3)
        #expect(try await list(conference, "?q=closing").ids.isEmpty)
        #expect(try await list(conference, "?room=\(RoomID(at: conference.clock.now()))").ids.isEmpty)
        #expect(try await list(conference, "?until=2020-01-01T00:00:00Z").ids.isEmpty)
    }

    @Test func `a question that cannot be read is refused`() async throws {
        let conference = try await TestConference()
        let token = try await conference.token([.recordingsRead])
        for query in ["?after=here", "?from=yesterday", "?limit=many", "?room=1"] {
            let answer = try await conference.ask(
                .get, "/api/v1/conferences/\(conference.conference.id)/recordings\(query)", TestConference.bearing(token))
            #expect(answer.problem == "invalid-request", "\(query)")
        }
    }

    @Test func `a moderator marks this instant, and an archivist mends it`() async throws {
        let conference = try await TestConference()
        let marks = "/api/v1/sessions/\(conference.live.id)/marks"
        let moderator = try await conference.signIn(conference.moderator)
        let set = try await conference.ask(.post, marks, TestConference.writing(as: moderator), body: #"{"title": " Item  1 "}"#)
        #expect(set.status == .created)
        #expect(try set.json["title"] as? String == "Item 1")
        #expect(try set.json["at"] as? String == "2021-06-16T12:00:00.000Z")
        let mark = try #require(try set.json["id"] as? String)
        let archivist = try await conference.signIn(conference.archivist)
        let changed = try await conference.ask(
            .patch, "\(marks)/\(mark)", TestConference.writing(as: archivist), body: #"{"at": "2021-06-16T12:00:01.5Z"}"#)
        #expect(try changed.json["at"] as? String == "2021-06-16T12:00:01.500Z")
        #expect(try changed.json["title"] as? String == "Item 1")
        let events = try await conference.store.events(in: conference.conference.id, after: 0, limit: 10)
        #expect(events.map(\.kind) == [.markSet, .markSet])
        let gone = try await conference.ask(.delete, "\(marks)/\(mark)", TestConference.writing(as: archivist))
        #expect(gone.status == .noContent)
        let list = try await conference.ask(.get, marks, TestConference.reading(as: archivist))
        #expect((try list.json["marks"] as? [Any])?.isEmpty == true)
    }

    @Test(arguments: [#"{"title": " "}"#, "{\"title\": \"\(String(repeating: "é", count: 101))\"}", "{}"])
    func `a mark has a title of a bounded length`(body: String) async throws {
        let conference = try await TestConference()
        let moderator = try await conference.signIn(conference.moderator)
        let answer = try await conference.ask(
            .post, "/api/v1/sessions/\(conference.live.id)/marks", TestConference.writing(as: moderator), body: body)
        #expect(["invalid-request", "impossible"].contains(answer.problem))
    }

    @Test func `a participant sets no marks`() async throws {
        let conference = try await TestConference()
        let member = try await conference.signIn(conference.member)
        let answer = try await conference.ask(
            .post, "/api/v1/sessions/\(conference.live.id)/marks", TestConference.writing(as: member), body: #"{"title": "x"}"#)
        #expect(answer.problem == "not-granted")
    }

    @Test func `finishing and verification are ordered and stand in the database`() async throws {
        let conference = try await TestConference()
        let recording = try await conference.archive([1])
        let archivist = try await conference.signIn(conference.archivist)
        let verify = try await conference.ask(
            .post, "/api/v1/recordings/\(recording.id)/verification", TestConference.writing(as: archivist))
        #expect(verify.status == .accepted)
        #expect(try await conference.store.recordingToVerify(due: nil)?.id == recording.id)
        let finish = try await conference.ask(
            .post, "/api/v1/recordings/\(recording.id)/finishing", TestConference.writing(as: archivist))
        #expect(finish.status == .accepted)
        #expect(try finish.json["state"] as? String == "finishing")
        #expect(try await conference.store.unfinishedRecordings().map(\.id) == [recording.id])
        let again = try await conference.ask(
            .post, "/api/v1/recordings/\(recording.id)/finishing", TestConference.writing(as: archivist))
        #expect(again.problem == "recording-not-ready")
    }

    @Test(arguments: [
        ("1:02:03.5", 3_723_500), ("2:03", 123_000), ("0", 0), ("59.999", 59_999),
    ])
    func `a place is read as it is written`(text: String, milliseconds: Int) throws {
        let place = try #require(Duration(place: text))
        #expect(place == .milliseconds(milliseconds))
        #expect(Duration(place: place.place) == place)
    }

    @Test(arguments: ["", "a", "1:2:3:4", "-1", "1:-2", "inf", "nan", "1e300", "9999999999", ":"])
    func `what is no place is none`(text: String) {
        #expect(Duration(place: text) == nil)
    }
}
