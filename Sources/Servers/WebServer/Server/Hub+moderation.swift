import Events
import Identifiers
import Programme
import Registration
import Rooms

/// What moderators order, from the API and from forms alike.
extension Hub {
    /// Bytes of UTF-8 in a reason.
    static let maximumReason = 500

    func conduct(
        _ state: Rooms.SessionState, _ override: SessionOverride?, reason: String, by actor: AuditActor
    ) async throws {
        try Self.check(reason: reason)
        try await Self.telling { try await rooms.setOverride(override, of: state.session.id, reason: reason, by: actor) }
    }

    func setPaused(
        _ isPaused: Bool, recordingOf state: Rooms.SessionState, reason: String, by actor: AuditActor
    ) async throws {
        try Self.check(reason: reason)
        let session = state.session.id
        try await Self.telling {
            if isPaused {
                try await rooms.pauseRecording(of: session, reason: reason, by: actor)
            } else {
                try await rooms.resumeRecording(of: session, reason: reason, by: actor)
            }
        }
    }

    /// Tells what stands against an order as a problem.
    static func telling(_ act: () async throws -> Void) async throws {
        do {
            try await act()
        } catch let error as RoomError {
            throw Problem(error.code == .roomInUse ? .roomInUse : .conflict, error.message)
        }
    }

    static func check(reason: String) throws(Problem) {
        guard reason.utf8.count <= maximumReason, reason.contains(where: { !$0.isWhitespace })
        else { throw Problem(.impossible, "A reason of 1 to \(maximumReason) bytes is needed.") }
    }
}
