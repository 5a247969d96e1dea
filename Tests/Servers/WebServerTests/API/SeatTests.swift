import Access
import HTTPTypes
import Identifiers
import Programme
import Registration
import Store
import Testing

@testable import Rooms
@testable import WebServer

@Suite struct SeatTests {
    private struct House {
        let conference: TestConference
        let moderator: HTTPFields
        /// Who come, in this order.
        let guests: [(Participant, HTTPFields)]
        var session: String { "/api/v1/sessions/\(conference.live.id)" }

        init(seats: Int) async throws {
            conference = try await TestConference()
            moderator = TestConference.writing(as: try await conference.signIn(conference.moderator))
            var guests: [(Participant, HTTPFields)] = []
            for number in 0..<3 { guests.append(try await Self.guest(number, conference)) }
            self.guests = guests
            #expect(try await set("{\"seats\":\(seats)}").status == .ok)
        }

        private static func guest(
            _ number: Int, _ conference: TestConference, as capacity: Capacity = .member
        ) async throws -> (Participant, HTTPFields) {
            let guest = Participant(
                id: ParticipantID(at: TestClock.noon), person: PersonID(at: TestClock.noon), conference: conference.conference.id,
                name: "Guest \(number)", mail: try #require(MailAddress("guest\(number)@example.org")), organisation: "Senate",
                capacity: capacity, grants: [GrantInPlace(.participant)])
            try await conference.store.add(guest)
            return (guest, TestConference.writing(as: try await conference.signIn(guest)))
        }

        func onlooker() async throws -> HTTPFields { try await Self.guest(9, conference, as: .staff).1 }

        func set(_ body: String) async throws -> Answer {
            try await conference.ask(.patch, "\(session)/entrance", moderator, body: body)
        }

        /// Time passes, in which everybody of these is heard of.
        func pass(_ seconds: Int, hearing heard: [Int] = []) {
            for _ in 0..<seconds {
                conference.clock.advance(by: .seconds(1))
                for guest in heard { conference.hub.rooms.touch(guests[guest].0.id, in: conference.live.id) }
            }
        }

        func come(_ guest: Int) async throws -> Answer {
            try await conference.ask(.post, "\(session)/admission", guests[guest].1)
        }

        /// The place in the line that a guest is told; 0 where they are in.
        func place(of guest: Int) async throws -> Int? {
            let answer = try await come(guest)
            if answer.status == .ok { return 0 }
            #expect(answer.problem == "waiting-full" && answer.headers[.retryAfter] == "10")
            return try answer.json["place"] as? Int
        }
    }

    @Test func `when every seat is taken, whoever comes waits in a line and is told their place`() async throws {
        let house = try await House(seats: 1)
        #expect(try await house.place(of: 0) == 0)
        #expect(try await house.place(of: 1) == 1)
        house.pass(1, hearing: [0, 1])
        #expect(try await house.place(of: 2) == 2)
        #expect(house.conference.hub.rooms.headCount(of: house.conference.live.id)?.present == 1)
        let page = try await house.conference.ask(.get, "/sessions/\(house.conference.live.id)/live", house.guests[1].1)
        #expect(page.status == .ok && page.text.contains("Every seat is taken"))
    }

    @Test func `a seat that is free goes to who came first, whoever asks first`() async throws {
        let house = try await House(seats: 1)
        #expect(try await house.place(of: 0) == 0)
        #expect(try await house.place(of: 1) == 1)
        house.pass(1, hearing: [0, 1])
        #expect(try await house.place(of: 2) == 2)
        house.pass(20, hearing: [1, 2])
        #expect(try await house.place(of: 2) == 2)
        #expect(try await house.place(of: 1) == 0)
        #expect(try await house.place(of: 2) == 1)
    }

    @Test func `who leaves the line loses their place in it`() async throws {
        let house = try await House(seats: 1)
        #expect(try await house.place(of: 0) == 0)
        #expect(try await house.place(of: 1) == 1)
        house.pass(20, hearing: [0])
        #expect(try await house.place(of: 2) == 1)
    }

    @Test func `who was in comes back, moderators and whom they admit come in, and who only watches takes no seat`() async throws
    {
        let house = try await House(seats: 1)
        #expect(try await house.place(of: 0) == 0)
        house.pass(20)
        #expect(try await house.place(of: 1) == 0)
        #expect(try await house.place(of: 0) == 0)
        #expect(try await house.place(of: 2) == 1)
        #expect(try await house.conference.ask(.post, "\(house.session)/admission", house.moderator).status == .ok)
        let watching = try await house.conference.ask(.post, "\(house.session)/admission", try await house.onlooker())
        #expect(try watching.json["isInRoom"] as? Bool == false)
        let order = "{\"participants\":[\"\(house.guests[2].0.id)\"]}"
        _ = try await house.conference.ask(.post, "\(house.session)/entrance/admissions", house.moderator, body: order)
        #expect(try await house.place(of: 2) == 0)
    }

    @Test func `more seats let in who waits, and without a number as many as come`() async throws {
        let house = try await House(seats: 1)
        for guest in 0..<3 {
            _ = try await house.come(guest)
            house.pass(1, hearing: [0, 1, 2])
        }
        _ = try await house.set("{\"seats\":2}")
        #expect(try await house.place(of: 2) == 2)
        #expect(try await house.place(of: 1) == 0)
        let entrance = try await house.set("{\"seats\":0}").json
        #expect(entrance["seats"] == nil)
        #expect(try await house.place(of: 2) == 0)
    }

    @Test func `a lobby is waited for before a seat is`() async throws {
        let house = try await House(seats: 1)
        _ = try await house.set("{\"lobby\":true}")
        #expect(try await house.come(0).problem == "waiting-lobby")
        _ = try await house.set("{\"lobby\":false}")
        #expect(try await house.place(of: 0) == 0)
    }

    @Test func `who only watches passes the lobby by its rule without being in the room`() async throws {
        let house = try await House(seats: 1)
        _ = try await house.set("{\"lobby\":true,\"passes\":{\"capacities\":[\"staff\"],\"organisations\":[]}}")
        let watching = try await house.conference.ask(.post, "\(house.session)/admission", try await house.onlooker())
        #expect(try watching.json["isInRoom"] as? Bool == false)
        #expect(house.conference.hub.rooms.people(in: house.conference.live.id).isEmpty)
    }

    @Test func `seats outlast a start of the program`() async throws {
        let house = try await House(seats: 7)
        let kept = try await house.conference.store.entrances(in: house.conference.conference.id)
        #expect(kept[house.conference.live.id]?.seats == 7)
    }

    @Test(arguments: ["-1", "100001", "1.5", "\"x\""])
    func `a number of seats that cannot be is refused`(seats: String) async throws {
        #expect(try await House(seats: 1).set("{\"seats\":\(seats)}").problem == "invalid-request")
    }
}
