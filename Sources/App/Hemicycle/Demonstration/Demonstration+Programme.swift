import Archive
import Identifiers
import Programme
import Store
import Time

extension Demonstration {
    struct Moved {
        let live: SessionID
        let near: SessionID
        let ended: SessionID
    }

    /// Publishes the programme anew around the present instant: what was live goes on where it still runs, else it takes its place
    /// among what has ended.
    func moveProgramme(of conference: ConferenceID, hall: RoomID, committee: RoomID) async throws -> Moved {
        let now = clock.now()
        let known = try await store.sessions(in: conference)
        let overrides = try await store.overrides(in: conference)
        let live =
            known.first { isRunning($0, overrides[$0.id], in: hall, now) }
            ?? session(.opening, conference, hall, from: now.advanced(by: .seconds(-300)), hours: 3)
        let untouched = known.first { $0.room == committee && overrides[$0.id] == nil && $0.endsAt > now }
        let near = moved(
            untouched ?? session(.practice, conference, committee, from: now, hours: 1), to: now.advanced(by: .seconds(600)))
        let past = known.filter { ![live.id, near.id].contains($0.id) && $0.startsAt <= now }.map { closed($0, now) }
        let recorded = try await recorded(past)
        let sample = past.last ?? session(.drafting, conference, hall, from: now.advanced(by: .seconds(-10_800)), hours: 1)
        let ended = recorded.isEmpty ? [sample] : recorded
        _ = try await store.publish((ended + [live, near]).sorted { $0.startsAt < $1.startsAt }, in: conference)
        return Moved(live: live.id, near: near.id, ended: ended.last?.id ?? sample.id)
    }

    /// Those that have a recording, by start.
    private func recorded(_ sessions: [Session]) async throws -> [Session] {
        var recorded: [Session] = []
        for session in sessions where try await !store.recordings(of: session.id).isEmpty { recorded.append(session) }
        return recorded.sorted { $0.startsAt < $1.startsAt }
    }

    /// Goes on where it has at least ten minutes left and nobody has closed it.
    private func isRunning(_ session: Session, _ override: SessionOverride?, in hall: RoomID, _ now: UTCInstant) -> Bool {
        session.room == hall && override != .closed && session.startsAt <= now
            && session.endsAt > now.advanced(by: .seconds(600))
    }

    private func closed(_ session: Session, _ now: UTCInstant) -> Session {
        session.held(from: session.startsAt, to: min(session.endsAt, now))
    }

    private func moved(_ session: Session, to start: UTCInstant) -> Session {
        session.held(from: start, to: start.advanced(by: session.endsAt.since(session.startsAt)))
    }

    private func session(
        _ text: DemonstrationTexts.SessionText, _ conference: ConferenceID, _ room: RoomID, from start: UTCInstant, hours: Int
    ) -> Session {
        Session(
            id: SessionID(at: clock.now()), conference: conference, room: room, title: text.title, abstract: text.abstract,
            speakers: text.speakers, format: text.format, audiences: text.audiences, startsAt: start,
            endsAt: start.advanced(by: .seconds(3600 * hours)), isRecorded: true)
    }
}
