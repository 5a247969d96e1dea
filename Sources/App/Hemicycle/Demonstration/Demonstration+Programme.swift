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

    /// Publishes the programme anew around the present instant.
    func moveProgramme(of conference: ConferenceID, hall: RoomID, committee: RoomID) async throws -> Moved {
        let now = clock.now()
        let known = try await store.sessions(in: conference)
        let overrides = try await store.overrides(in: conference)
        let running = known.first { isRunning($0, overrides[$0.id], in: hall, now) }
        let past = known.filter { $0.id != running?.id && $0.room == hall && $0.startsAt <= now }.map { closed($0, now) }
        let live = running ?? session(.opening, conference, hall, from: now.advanced(by: .seconds(-300)), hours: 3)
        let nearOne = known.first { $0.room == committee } ?? session(.practice, conference, committee, from: now, hours: 1)
        let near = moved(nearOne, to: now.advanced(by: .seconds(600)))
        let ended = past.isEmpty
            ? [session(.drafting, conference, hall, from: now.advanced(by: .seconds(-10_800)), hours: 1)] : past
        _ = try await store.publish((ended + [live, near]).sorted { $0.startsAt < $1.startsAt }, in: conference)
        return Moved(live: live.id, near: near.id, ended: try await mostRecorded(ended))
    }

    /// Goes on where it has at least ten minutes left and nobody has closed it.
    private func isRunning(_ session: Session, _ override: SessionOverride?, in hall: RoomID, _ now: UTCInstant) -> Bool {
        session.room == hall && override != .closed && session.startsAt <= now
            && session.endsAt > now.advanced(by: .seconds(600))
    }

    /// The last of them that has a recording, else the last.
    private func mostRecorded(_ sessions: [Session]) async throws -> SessionID {
        let latest = sessions.sorted { $0.startsAt > $1.startsAt }
        for session in latest where try await !store.recordings(of: session.id).isEmpty { return session.id }
        return latest[0].id
    }

    private func closed(_ session: Session, _ now: UTCInstant) -> Session {
        Session(
            id: session.id, conference: session.conference, room: session.room, title: session.title,
            abstract: session.abstract, format: session.format, audiences: session.audiences, startsAt: session.startsAt,
            endsAt: min(session.endsAt, now), isRecorded: session.isRecorded)
    }

    private func moved(_ session: Session, to start: UTCInstant) -> Session {
        Session(
            id: session.id, conference: session.conference, room: session.room, title: session.title,
            abstract: session.abstract, format: session.format, audiences: session.audiences, startsAt: start,
            endsAt: start.advanced(by: session.endsAt.since(session.startsAt)), isRecorded: session.isRecorded)
    }

    private func session(
        _ text: DemonstrationTexts.SessionText, _ conference: ConferenceID, _ room: RoomID, from start: UTCInstant, hours: Int
    ) -> Session {
        Session(
            id: SessionID(at: clock.now()), conference: conference, room: room, title: text.title, abstract: text.abstract,
            format: text.format, audiences: text.audiences, startsAt: start,
            endsAt: start.advanced(by: .seconds(3600 * hours)), isRecorded: true)
    }
}
