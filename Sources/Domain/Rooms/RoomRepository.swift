package import Identifiers
package import Time

/// What the rooms need kept.
package protocol RoomRepository: Sendable {
    func removals(in conference: ConferenceID) async throws -> [Removal]
    /// Adds it, or replaces an earlier one of the same participant in the same session.
    func add(_ removal: Removal) async throws
    /// Lifts a removal; nothing happens where there is none.
    func readmit(_ participant: ParticipantID, to session: SessionID) async throws

    /// The sessions of a conference whose recording a moderator has paused.
    func pausedRecordings(in conference: ConferenceID) async throws -> Set<SessionID>
    func setPaused(_ isPaused: Bool, recordingOf session: SessionID) async throws

    func epoch(of session: SessionID) async throws -> SessionEpoch?
    func save(_ epoch: SessionEpoch) async throws
}

/// A participant whom a moderator has removed from a session.
package struct Removal: Hashable, Sendable {
    package let session: SessionID
    package let participant: ParticipantID
    package let reason: String
    /// The id of the moderator's participant or token.
    package let actor: String
    package let instant: UTCInstant

    package init(session: SessionID, participant: ParticipantID, reason: String, actor: String, instant: UTCInstant) {
        self.session = session
        self.participant = participant
        self.reason = reason
        self.actor = actor
        self.instant = instant
    }
}

/// The time line of a session's media: its number stands in their addresses, and they are timed from its origin. It outlives a
/// restart; a new epoch begins only when time cannot go on, because the wall clock was set back.
package struct SessionEpoch: Hashable, Sendable {
    package let session: SessionID
    /// Counts from 1.
    package let number: Int
    package let origin: UTCInstant

    package init(session: SessionID, number: Int, origin: UTCInstant) {
        self.session = session
        self.number = number
        self.origin = origin
    }

    /// Where the multivariant playlist of the session's media stands.
    package var mediaPath: String { "/media/\(session)/\(number)/index.m3u8" }
}
