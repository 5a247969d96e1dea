import HTTPTypes
import Identifiers
import Programme
import Registration
import Rooms
import Store
import Testing

@testable import WebServer

@Suite struct EntranceTests {
    private struct House {
        let conference: TestConference
        let moderator: HTTPFields
        let member: HTTPFields
        var session: String { "/api/v1/sessions/\(conference.live.id)" }

        init() async throws {
            conference = try await TestConference()
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            member = TestConference.writing(as: try await conference.signIn(conference.member))
        }

        func set(_ body: String) async throws -> Answer {
            try await conference.ask(.patch, "\(session)/entrance", moderator, body: body)
        }

        func admit(_ body: String) async throws -> Answer {
            try await conference.ask(.post, "\(session)/entrance/admissions", moderator, body: body)
        }

        /// The member asks at the door.
        func arrive() async throws -> Answer {
            try await conference.ask(.post, "\(session)/admission", member)
        }

        func waiting() async throws -> [String] {
            let entrance = try await conference.ask(.get, "\(session)/entrance", moderator).json
            return (entrance["waiting"] as? [[String: Any]] ?? []).compactMap { $0["participant"] as? String }
        }
    }

    @Test func `who comes to the lobby waits there, is seen, and comes in once admitted (M-5)`() async throws {
        let house = try await House()
        #expect(try await house.set("{\"lobby\":true}").json["lobby"] as? Bool == true)
        let answer = try await house.arrive()
        #expect(answer.status == .forbidden)
        #expect(answer.problem == "waiting-lobby")
        #expect(answer.headers[.retryAfter] == "10")
        let id = house.conference.member.id.description
        #expect(try await house.waiting() == [id])
        #expect(try await house.admit("{\"participants\":[\"\(id)\"]}").json["admitted"] as? [String] == [id])
        #expect(try await house.arrive().status == .ok)
        #expect(try await house.waiting() == [])
    }

    @Test func `who waits sees neither the people inside nor the room, but hears of what everybody may know`() async throws {
        let house = try await House()
        _ = try await house.set("{\"lobby\":true}")
        #expect(try await house.conference.ask(.get, "\(house.session)/people", house.member).problem == "waiting-lobby")
        let page = try await house.conference.ask(.get, "/sessions/\(house.conference.live.id)/live", house.member)
        #expect(page.status == .ok)
        #expect(page.text.contains("You are in the lobby"))
        #expect(!page.text.contains("hc-player"))
    }

    @Test func `a locked session lets back in who was in it, and nobody else (M-5)`() async throws {
        let house = try await House()
        #expect(try await house.arrive().status == .ok)
        _ = try await house.set("{\"locked\":true}")
        #expect(try await house.arrive().status == .ok)
        let archivist = TestConference.writing(as: try await house.conference.signIn(house.conference.archivist))
        let admission = "\(house.session)/admission"
        #expect(try await house.conference.ask(.post, admission, archivist).problem == "waiting-locked")
        #expect(try await house.conference.ask(.post, admission, house.moderator).status == .ok)
        #expect(try await house.admit("{\"everybody\":true}").status == .ok)
        #expect(try await house.conference.ask(.post, admission, archivist).status == .ok)
    }

    @Test func `whom the rule picks passes the lobby, but not the lock`() async throws {
        let house = try await House()
        let rule = "{\"capacities\":[],\"organisations\":[\"Arendal\"]}"
        _ = try await house.set("{\"lobby\":true,\"locked\":true,\"passes\":\(rule)}")
        #expect(try await house.arrive().problem == "waiting-locked")
        _ = try await house.set("{\"locked\":false}")
        #expect(try await house.arrive().status == .ok)
    }

    @Test func `lobby, lock and admissions outlast a start of the program`() async throws {
        let house = try await House()
        let conference = house.conference
        _ = try await house.set("{\"lobby\":true,\"passes\":{\"capacities\":[\"press\"],\"organisations\":[]}}")
        _ = try await house.admit("{\"participants\":[\"\(conference.member.id)\"]}")
        let kept = try await conference.store.entrances(in: conference.conference.id)[conference.live.id]
        #expect(kept == conference.hub.rooms.entrance(of: conference.live.id))
        #expect(kept?.hasLobby == true && kept?.passes.capacities == [.press])
        #expect(try await conference.store.admitted(in: conference.conference.id) == [conference.live.id: [conference.member.id]])
    }

    @Test(arguments: [
        "{}", "[]", "{\"participants\":[\"x\"]}", "{\"participants\":null}", "{\"everybody\":1}",
    ])
    func `an admission that cannot be read is refused`(body: String) async throws {
        #expect(try await House().admit(body).problem == "invalid-request")
    }

    @Test func `an admission of nobody known is refused`() async throws {
        let body = "{\"participants\":[\"participant_00000000-0000-7000-8000-000000000000\"]}"
        #expect(try await House().admit(body).problem == "not-found")
    }

    @Test func `only who conducts the session sees and sets its entrance`() async throws {
        let house = try await House()
        let path = "\(house.session)/entrance"
        #expect(try await house.conference.ask(.get, path, house.member).problem == "not-granted")
        #expect(try await house.conference.ask(.patch, path, house.member, body: "{\"locked\":true}").problem == "not-granted")
        let admission = try await house.conference.ask(
            .post, "\(path)/admissions", house.member, body: "{\"everybody\":true}")
        #expect(admission.problem == "not-granted")
    }
}
