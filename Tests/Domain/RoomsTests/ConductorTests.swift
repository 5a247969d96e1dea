import Access
import Archive
import Events
import Files
import Foundation
import HLS
import Identifiers
import Media
import NIOCore
import Packaging
import Programme
import Recording
import Store
import Streams
import Synchronization
import Testing
import Time

@testable import Rooms

@Suite(.timeLimit(.minutes(2))) struct ConductorTests {
    private func isOn(_ session: Session, in house: House) -> Bool {
        output(of: session, in: house) != nil
    }

    private func isLive(_ session: Session, in house: House) -> Bool {
        output(of: session, in: house)?.hasBegun ?? false
    }

    private func output(of session: Session, in house: House) -> LiveOutput? {
        house.directory.state.withLock { $0.sessions[session.id]?.media?.output }
    }

    private func isRecording(_ session: Session, in house: House) -> Bool {
        house.directory.state(of: session.id)?.recording.map { $0.writer.chunks > 0 } ?? false
    }

    @Test func `a session is recorded from its first picture to its end, and the recording finished`() async throws {
        let house = try await House()
        let session = try #require(try await house.publish(0).first)
        try await house.conducting {
            try await eventually { isOn(session, in: house) }
            try await Desk(house).send(house)
            try await eventually { isLive(session, in: house) && isRecording(session, in: house) }
            house.pass(.seconds(3600))
            try await eventually { try await house.recordings(of: session).map(\.state) == [.ready] }
            try await eventually { try await house.events().contains(.recordingReady) }
        }
        let recording = try #require(try await house.recordings(of: session).first)
        #expect(recording.movies.count == 1)
        #expect(recording.chapters.map(\.title) == ["A session"])
        #expect(try #require(recording.duration) > .seconds(5))
        #expect(house.directory.state(of: session.id)?.recording == nil)
    }

    @Test func `HLS-5 a session is seen again at the same address, from its recording`() async throws {
        let house = try await House()
        let session = try #require(try await house.publish(0).first)
        let live = try await house.conducting {
            try await eventually { isOn(session, in: house) }
            try await Desk(house).send(house)
            try await eventually { isLive(session, in: house) && isRecording(session, in: house) }
            let shown = try #require(output(of: session, in: house))
            house.pass(.seconds(3600))
            try await eventually { try await house.recordings(of: session).map(\.state) == [.ready] }
            house.pass(.seconds(7200))
            try await eventually { !isOn(session, in: house) }
            return shown
        }
        let again = try await House(after: house)
        try await again.conductor.load()
        for house in [house, again] {
            #expect(house.directory.view(of: session.id)?.canBeSeenAgain == true)
            #expect(house.directory.state(of: session.id)?.mediaPath == "/media/\(session.id)/1/index.m3u8")
            let replay = try #require(await house.studio.replay(of: session.id))
            for kind in TrackKind.allCases {
                let numbers = try await segments(of: replay, kind)
                #expect(numbers.count >= 2)
                for number in numbers {
                    let question = LiveQuestion.file(kind, .segment(number))
                    guard case .file(let bytes) = await live.answer(to: question) else { continue }
                    #expect(await replay.answer(to: question) == .file(bytes))
                }
            }
        }
        let deleted = try await again.studio.deleteExpired(
            before: House.noon.advanced(by: .seconds(86_400)), in: again.conference.id, reason: "test", by: .commandLine)
        try await again.directory.forget(deleted)
        #expect(again.directory.view(of: session.id)?.canBeSeenAgain == false)
        #expect(again.directory.state(of: session.id)?.mediaPath == nil)
    }

    private func segments(of replay: Replay, _ kind: TrackKind) async throws -> [Int64] {
        let question = LiveQuestion.playlist(kind, BlockingRequest(wait: nil))
        guard case .playlist(let rendered) = await replay.answer(to: question) else { return [] }
        return String(buffer: rendered.plain).split(separator: "\n").compactMap { line in
            line.hasSuffix(".m4s") ? Int64(line.dropLast(4)) : nil
        }
    }

    @Test func `a session that is closed and opened again is recorded on, wherever its recording has come`() async throws {
        let house = try await House()
        let session = try #require(try await house.publish(0).first)
        try await house.conducting {
            let desk = try Desk(house)
            try await desk.send(house)
            try await eventually { isRecording(session, in: house) }
            for _ in 0..<3 {
                try await house.override(.closed, session)
                try await eventually { house.directory.view(of: session.id)?.hasEnded == true }
                try await house.override(.open, session)
                try await eventually { house.directory.view(of: session.id)?.hasEnded == false }
                try await desk.send(house)
                try await eventually { isRecording(session, in: house) }
            }
            try await house.override(.closed, session)
            try await eventually { try await house.recordings(of: session).allSatisfy { $0.state == .ready } }
        }
        let lengths = try await house.recordings(of: session).compactMap(\.duration).reduce(.zero, +)
        #expect(lengths > .seconds(4 * 5))
    }

    @Test func `of two sessions one after the other each gets the room's feed for itself`() async throws {
        let house = try await House()
        let sessions = try await house.publish(0, 3600)
        let (first, second) = (sessions[0], sessions[1])
        try await house.conducting {
            let desk = try Desk(house)
            try await desk.send(house)
            try await eventually { isRecording(first, in: house) }
            house.pass(.seconds(3600))
            try await eventually { house.directory.current(in: house.room.id) == second.id }
            try await eventually { try await house.recordings(of: first).map(\.state) == [.ready] }
            try await desk.send(house)
            try await eventually { isLive(second, in: house) && isRecording(second, in: house) }
            #expect(house.feeds.feed(in: house.room.id)?.health.readers == 1)
        }
    }

    @Test func `a new feed in mid-session takes the place of one that has ended`() async throws {
        let house = try await House()
        let session = try #require(try await house.publish(0).first)
        try await house.conducting {
            try await eventually { isOn(session, in: house) }
            _ = try Desk(house)
            house.feeds.end(in: house.room.id, PublishRefusal(.unavailable, "test"))
            try await Desk(house).send(house)
            try await eventually { isLive(session, in: house) }
        }
    }

    @Test func `a room has one session at a time: the next waits until the one that is held open is closed`() async throws {
        let house = try await House()
        let sessions = try await house.publish(-3600 + 60, 60)
        let (held, next) = (sessions[0], sessions[1])
        try await house.conducting {
            try await eventually { isOn(held, in: house) }
            try await house.override(.open, held)
            house.pass(.seconds(120))
            try await eventually { house.directory.view(of: next.id)?.areDoorsOpen == true }
            try await Desk(house).send(house)
            try await eventually { isLive(held, in: house) }
            #expect(!isOn(next, in: house))
            let refusal = await #expect(throws: RoomError.self) { try await house.override(.open, next) }
            #expect(refusal?.code == .roomInUse)
            try await house.override(.closed, held)
            try await eventually { isOn(next, in: house) }
        }
    }

    @Test func `a programme that is published while the server runs is taken up`() async throws {
        let house = try await House()
        let later = try #require(try await house.publish(7200).first)
        try await house.conducting {
            try await eventually { house.directory.view(of: later.id) != nil }
            let sooner = try #require(try await house.publish(0).first)
            try await eventually { isOn(sooner, in: house) }
            #expect(house.directory.view(of: later.id)?.hasEnded == true, "what the programme no longer has is over")
        }
    }

    @Test func `what a moderator pauses is not kept, and the gap says so, also across a restart`() async throws {
        let house = try await House()
        let session = try #require(try await house.publish(0).first)
        try await house.conducting {
            let desk = try Desk(house)
            try await desk.send(house)
            try await eventually { isRecording(session, in: house) }
            try await house.directory.pauseRecording(of: session.id, reason: "In camera", by: .commandLine)
            #expect(house.directory.state(of: session.id)?.recordingStatus == .paused)
            try await desk.send(house)
        }
        let again = try await House(after: house)
        try await again.conducting {
            try await eventually { again.directory.state(of: session.id)?.recordingStatus == .paused }
            let desk = try Desk(again)
            try await desk.send(again)
            try await again.directory.resumeRecording(of: session.id, reason: "In public", by: .commandLine)
            try await desk.send(again)
            again.pass(.seconds(3600))
            try await eventually { try await again.recordings(of: session).map(\.state) == [.ready] }
        }
        let recording = try #require(try await again.recordings(of: session).first)
        #expect(recording.gaps.map(\.cause) == [.paused])
        #expect(try #require(recording.gaps.first?.seconds) > 11)
        let events = try await again.events()
        #expect(events.contains(.recordingPaused) && events.contains(.recordingResumed))
        #expect(try await again.audit() == [.recordingPaused, .recordingResumed])
    }

    /// The first recording of the session, and its manifest.
    private func kept(_ session: Session, in house: House) async throws -> (ArchivedRecording, RecordingManifest) {
        let recordings = try await house.recordings(of: session)
        let recording = try #require(recordings.first)
        #expect(recordings.count == 1)
        return (recording, try RecordingFolder(Path("\(house.folder)/\(recording.id)")).manifest())
    }

    @Test(arguments: [600, -600])
    func `a wall clock that is set in mid-session moves no media, and is noted`(seconds: Int) async throws {
        let house = try await House()
        let session = try #require(try await house.publish(-1800).first)
        try await house.conducting {
            let desk = try Desk(house)
            try await desk.send(house)
            try await eventually { isRecording(session, in: house) }
            house.clock.advance(by: .seconds(seconds))
            try await desk.send(house)
            try await house.override(.closed, session)
            try await eventually { try await house.recordings(of: session).map(\.state) == [.ready] }
        }
        let (recording, manifest) = try await kept(session, in: house)
        #expect(recording.gaps.allSatisfy { $0.seconds < 1 })
        #expect(try #require(recording.duration) < .seconds(14))
        #expect(manifest.clock?.map(\.ahead) == [Int64(seconds) * 1_000_000])
    }

    @Test(arguments: [-1200, -2])
    func `a session goes on in its recording though the clock was set back before the restart`(seconds: Int) async throws {
        let house = try await House()
        let session = try #require(try await house.publish(-1800).first)
        try await house.conducting {
            try await Desk(house).send(house)
            try await eventually { isRecording(session, in: house) }
            let end = house.clock.now()
            try await eventually { try await house.store.epoch(of: session.id).map { $0.reach >= end } == true }
        }
        house.clock.advance(by: .seconds(seconds))
        let again = try await House(after: house)
        try await again.conducting {
            try await Desk(again).send(again)
            try await eventually { isRecording(session, in: again) }
            try await again.override(.closed, session)
            try await eventually { try await again.recordings(of: session).map(\.state) == [.ready] }
        }
        let (recording, manifest) = try await kept(session, in: again)
        #expect(recording.gaps.map(\.cause) == [.loss])
        #expect(manifest.tracks.flatMap(\.gaps).map(\.cause) == [.restart, .restart])
        #expect(manifest.clock?.map { $0.ahead / 1_000_000 } == [Int64(seconds) - 20])
    }

    @Test func `only what is being recorded can be paused`() async throws {
        let house = try await House()
        let sessions = try await house.publish(0, 7200, isRecorded: false)
        try await house.conducting {
            try await eventually { isOn(sessions[0], in: house) }
            for session in sessions {
                let refusal = await #expect(throws: RoomError.self) {
                    try await house.directory.pauseRecording(of: session.id, reason: "test", by: .commandLine)
                }
                #expect(refusal?.code == .notRecorded)
            }
        }
    }

    @Test func `an interrupted recording is finished though no picture has come since the restart`() async throws {
        let house = try await House()
        let session = try #require(try await house.publish(0).first)
        let recording = ArchivedRecording(
            id: RecordingID(at: House.noon), session: session.id, conference: house.conference.id, room: house.room.id,
            state: .recording, startedAt: House.noon)
        try await house.store.save(recording)
        try await house.conducting {
            try await eventually { isOn(session, in: house) }
            house.pass(.seconds(3600))
            // There is no folder: it comes to an end all the same.
            try await eventually { try await house.recordings(of: session).map(\.state) == [.failed] }
        }
    }

    @Test func `a session without recording is shown and leaves nothing`() async throws {
        let house = try await House()
        let session = try #require(try await house.publish(0, isRecorded: false).first)
        try await house.conducting {
            try await Desk(house).send(house)
            try await eventually { isLive(session, in: house) }
            house.pass(.seconds(3600))
            try await eventually { try await house.events().contains(.sessionClosed) }
        }
        #expect(try await house.recordings(of: session).isEmpty)
    }

    @Test func `a session that is closed before it begins is told closed only where its doors had opened`() async throws {
        let house = try await House()
        let sessions = try await house.publish(600, 7200)
        try await house.conducting {
            try await eventually { house.directory.view(of: sessions[0].id)?.areDoorsOpen == true }
            for session in sessions { try await house.override(.closed, session) }
            try await eventually { house.directory.view(of: sessions[1].id)?.hasEnded == true }
            try await eventually { try await house.events().contains(.sessionClosed) }
        }
        #expect(try await house.events() == [.sessionOpened, .sessionClosed])
    }
}
