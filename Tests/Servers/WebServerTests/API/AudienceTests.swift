import Access
import HTTPTypes
import Identifiers
import Programme
import Registration
import Store
import Testing
import Time

@testable import Rooms
@testable import WebServer

/// Who enters a session and who only watches it, over HTTP: the session that is on is for members.
@Suite struct AudienceTests {
    private func webmaster(_ conference: TestConference, _ grants: [GrantInPlace] = [GrantInPlace(.participant)]) async throws
        -> Secret
    {
        let participant = Participant(
            id: ParticipantID(at: TestClock.noon), person: PersonID(at: TestClock.noon), conference: conference.conference.id,
            name: "Wanda", mail: try #require(MailAddress("wanda@example.org")), organisation: "Arendal", capacity: .staff,
            audiences: [.websites, .communications], grants: grants)
        try await conference.store.add(participant)
        return try await conference.signIn(participant)
    }

    private func admission(_ conference: TestConference, as cookie: Secret) async throws -> Answer {
        let path = "/api/v1/sessions/\(conference.live.id)/admission"
        return try await conference.ask(.post, path, TestConference.writing(as: cookie))
    }

    private func page(_ conference: TestConference, as cookie: Secret, _ more: String = "") async throws -> Answer {
        try await conference.ask(.get, "/sessions/\(conference.live.id)\(more)", TestConference.reading(as: cookie))
    }

    /// Republishes the session that is on as one that others may not watch.
    private func keepOthersOut(_ conference: TestConference) {
        let live = conference.live
        let closed = Session(
            id: live.id, conference: live.conference, room: live.room, title: live.title, abstract: nil, format: live.format,
            audiences: live.audiences, letsOthersWatch: false, startsAt: live.startsAt, endsAt: live.endsAt, isRecorded: true)
        conference.hub.rooms.take([closed], of: live.conference, overrides: [:], removals: [], revoked: [])
    }

    @Test func `who belongs to the audience is in the room`() async throws {
        let conference = try await TestConference()
        let answer = try await admission(conference, as: try await conference.signIn(conference.member))
        #expect(try answer.json["isInRoom"] as? Bool == true)
        #expect(conference.hub.rooms.people(in: conference.live.id).map(\.name) == ["Amina"])
    }

    @Test func `others watch with a pass and are not in the room`() async throws {
        let conference = try await TestConference()
        let cookie = try await webmaster(conference)
        let answer = try await admission(conference, as: cookie)
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(try answer.json["isInRoom"] as? Bool == false)
        #expect(conference.hub.rooms.people(in: conference.live.id).isEmpty)
        #expect(try await page(conference, as: cookie, "/live").text.contains("This session is for: Members of parliament."))
    }

    @Test func `the page says for whom it is and that others may watch`() async throws {
        let conference = try await TestConference()
        let text = try await page(conference, as: try await webmaster(conference)).text
        #expect(text.contains("This session is for: Members of parliament."))
        #expect(text.contains("You may watch and listen without being in the room."))
        #expect(text.contains("/live\">Watch</a>") && !text.contains("Enter the room"))
        let own = try await page(conference, as: try await conference.signIn(conference.member)).text
        #expect(own.contains("Enter the room") && !own.contains("This session is for:"))
    }

    @Test func `where others may not watch they are refused, with the reason and what then`() async throws {
        let conference = try await TestConference()
        keepOthersOut(conference)
        let cookie = try await webmaster(conference)
        let answer = try await admission(conference, as: cookie)
        #expect(answer.status == .forbidden && answer.problem == "other-audience")
        #expect(try answer.json["detail"] as? String == "It is for: members.")
        for address in ["", "/live"] {
            let text = try await page(conference, as: cookie, address).text
            #expect(text.contains("This session is for: Members of parliament."))
            #expect(text.contains("ask the secretariat of the conference to mark you for it"))
        }
    }

    @Test func `who works in the session is in the room, whomever it is for`() async throws {
        let conference = try await TestConference()
        keepOthersOut(conference)
        let cookie = try await webmaster(
            conference, [GrantInPlace(.participant), GrantInPlace(.interpreter, in: conference.room.id)])
        #expect(try await admission(conference, as: cookie).json["isInRoom"] as? Bool == true)
    }
}
