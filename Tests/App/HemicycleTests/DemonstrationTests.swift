import Archive
import Foundation
import Identifiers
import Programme
import Rooms
import Store
import Synchronization
import Testing
import Time

@testable import Hemicycle

/// A clock that stands where the test puts it.
private final class TestClock: WallClock {
    private let instant = Mutex(UTCInstant(microseconds: 1_795_000_000_000_000))

    func now() -> UTCInstant { instant.withLock { $0 } }

    func pass(_ duration: Duration) {
        instant.withLock { $0 = $0.advanced(by: duration) }
    }
}

@Suite struct DemonstrationTests {
    private struct Card: Decodable, Equatable {
        struct Sessions: Decodable, Equatable {
            let live: SessionID
            let near: SessionID
            let ended: SessionID
        }

        let sessions: Sessions
        let token: String
        let signIn: [String: String]
        let rtmp: [String: String]
    }

    private let clock = TestClock()
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("demonstration-\(UUID())").path

    /// Starts and stops the program, as far as the demonstration goes.
    private func start(then look: (Hall, Card) async throws -> Void = { _, _ in }) async throws -> Card {
        var settings = Settings()
        settings.dataFolder = folder
        let hall = try await Hall(settings: settings, clock: clock)
        try await Demonstration(hall: hall).prepare(rtmp: settings.rtmpAddress)
        let card = try JSONDecoder().decode(
            Card.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/demonstration.json")))
        try await look(hall, card)
        try hall.store.close()
        return card
    }

    @Test func `at the first start one session is live, one is near and one has ended`() async throws {
        _ = try await start { hall, card in
            let phase = { (id: SessionID) async throws -> SessionPhase? in
                let session = try await hall.store.session(id)
                return session.map { hall.settings.rooms.clock.phase(of: $0, override: nil, now: clock.now()) }
            }
            let phases = try await [phase(card.sessions.live), phase(card.sessions.near), phase(card.sessions.ended)]
            #expect(phases == [.running, .doorsOpen, .ended])
        }
    }

    @Test func `a second start goes on with the session that runs, with the same stream key and fresh links`() async throws {
        let first = try await start()
        clock.pass(.seconds(300))
        let second = try await start()
        #expect(second.sessions == first.sessions)
        #expect(second.rtmp == first.rtmp)
        #expect(second.token != first.token)
        #expect(second.signIn["participant"] != first.signIn["participant"])
    }

    @Test func `a session that was live and recorded takes its place among what has ended`() async throws {
        let first = try await start { hall, card in
            let session = try #require(try await hall.store.session(card.sessions.live))
            try await hall.store.save(
                ArchivedRecording(
                    id: RecordingID(at: clock.now()), session: session.id, conference: session.conference, room: session.room,
                    state: .ready, startedAt: clock.now()))
        }
        clock.pass(.seconds(5 * 3600))
        let second = try await start { hall, card in
            let conference = try #require(try await hall.store.conference(slug: Demonstration.slug))
            let sessions = try await hall.store.sessions(in: conference.id)
            #expect(sessions.count == 3)
            #expect(conference.startsAt < clock.now() && conference.endsAt > clock.now())
        }
        #expect(second.sessions.ended == first.sessions.live)
        #expect(second.sessions.live != first.sessions.live)
    }

    @Test func `a session that a moderator has closed is not live again`() async throws {
        let first = try await start { hall, card in
            try await hall.store.setOverride(.closed, of: card.sessions.live)
        }
        let second = try await start()
        #expect(second.sessions.live != first.sessions.live)
    }
}
