package import Identifiers
import Logging
import Programme
import Synchronization
import Time

/// Who was in a session, from when to when.
extension RoomDirectory {
    /// Everybody who has been in the session, by organisation and name, up to now. It outlasts a start of the program, but for what
    /// was not written down yet: fifteen seconds at most.
    package func attendance(of session: SessionID) async throws -> [AttendanceLine] {
        // What is written down between the two questions is in both answers, and a line takes a time once.
        let (stays, present) = unwritten(in: session)
        var lines = Dictionary(
            try await repositories.rooms.attendance(of: session).map { ($0.participant, $0) },
            uniquingKeysWith: { first, _ in first })
        for stay in stays { lines[stay.participant]?.take(stay) }
        for participant in present { lines[participant]?.isPresent = true }
        return lines.values.filter { $0.firstIn != nil }
            .sorted { ($0.organisation, $0.name, $0.participant) < ($1.organisation, $1.name, $1.participant) }
    }

    /// Those not written down yet, in order, and who is there now.
    private func unwritten(in session: SessionID) -> ([Stay], present: [ParticipantID]) {
        let now = clock.now()
        return state.withLock { state in
            guard let attendance = state.sessions[session]?.attendance else { return ([], []) }
            return (attendance.unwritten.sorted { $0.from < $1.from }, attendance.present(now: now).map(\.participant))
        }
    }

    /// Has written down who was in the sessions; what the disk refuses is tried again the next time.
    func keepAttendance() async {
        let unwritten = state.withLock { $0.sessions.mapValues(\.attendance.unwritten).filter { !$0.value.isEmpty } }
        for (session, stays) in unwritten {
            do {
                try await repositories.rooms.keep(stays.sorted { $0.from < $1.from }, in: session)
                state.withLock { $0.sessions[session]?.attendance.noteWritten(stays) }
            } catch {
                ledger.logger.error("attendance was not kept", metadata: ["session": "\(session)", "error": "\(error)"])
            }
        }
    }

    /// Each parliament or other organisation of the conference, with how many of it are in the session; by name.
    package func organisations(in session: SessionID) async throws -> [OrganisationPresence] {
        guard let conference = live(session)?.session.conference else { return [] }
        let registered = try await repositories.rooms.organisations(in: conference)
        let present = Dictionary(grouping: people(in: session), by: \.organisation).mapValues(\.count)
        return Set(registered.keys).union(present.keys).sorted().map { name in
            OrganisationPresence(organisation: name, present: present[name] ?? 0, registered: registered[name] ?? 0)
        }
    }
}
