package import Identifiers
package import Time

/// What the rooms need kept.
package protocol RoomRepository: Sendable {
    /// Those that stand.
    func standingRemovals(in conference: ConferenceID) async throws -> [Removal]
    /// The latest first.
    func removals(_ search: RemovalSearch) async throws -> [Removal]
    func removal(_ number: Int, in conference: ConferenceID) async throws -> Removal?
    /// Writes it in the ledger of the session's conference, with the next number; gives the one that stands where there is one.
    func add(_ removal: RemovalDraft) async throws -> Removal
    /// Nothing happens where somebody has readmitted the participant already.
    func note(_ readmission: Readmission, of removal: Removal) async throws

    func entrances(in conference: ConferenceID) async throws -> [SessionID: Entrance]
    func save(_ entrance: Entrance, of session: SessionID) async throws
    /// Who was let into each session.
    func admitted(in conference: ConferenceID) async throws -> [SessionID: Set<ParticipantID>]
    /// Who was let in before keeps the instant of that.
    func admit(_ participants: Set<ParticipantID>, to session: SessionID, at instant: UTCInstant) async throws

    /// Takes in what stays tell, in order; of a time that is known already nothing is counted twice.
    func keep(_ stays: [Stay], in session: SessionID) async throws
    /// Everybody who was let into the session, in no order.
    func attendance(of session: SessionID) async throws -> [AttendanceLine]
    /// How many participants each organisation has, who have not lost their rights.
    func organisations(in conference: ConferenceID) async throws -> [String: Int]

    /// The sessions of a conference whose recording a moderator has paused.
    func pausedRecordings(in conference: ConferenceID) async throws -> Set<SessionID>
    func setPaused(_ isPaused: Bool, recordingOf session: SessionID) async throws

    func epoch(of session: SessionID) async throws -> SessionEpoch?
    func save(_ epoch: SessionEpoch) async throws
}

/// The time line of a session's media: its number stands in their addresses, and they are timed from its origin. It never runs
/// backwards, across a restart neither, whatever the wall clock is set to.
package struct SessionEpoch: Hashable, Sendable {
    package let session: SessionID
    /// Counts from 1.
    package let number: Int
    package let origin: UTCInstant
    /// How far the line is known to have come.
    package var reach: UTCInstant
    /// How far the wall clock was ahead of it then: zero unless it was set in mid-session.
    package var ahead: Duration

    package init(
        session: SessionID, number: Int, origin: UTCInstant, reach: UTCInstant? = nil, ahead: Duration = .zero
    ) {
        self.session = session
        self.number = number
        self.origin = origin
        self.reach = reach ?? origin
        self.ahead = ahead
    }

    /// More than the line can have come on since `reach` was kept.
    private static let margin: Duration = .seconds(20)

    /// Where the line goes on when the program starts again. Where the wall clock was set back meanwhile, that is behind all that
    /// the line may have had.
    func line(at wall: UTCInstant) -> UTCInstant {
        let expected = wall.advanced(by: .zero - ahead)
        return expected >= reach ? expected : reach.advanced(by: Self.margin)
    }

    /// Where the multivariant playlist of the session's media stands.
    package var mediaPath: String { "/media/\(session)/\(number)/index.m3u8" }
}
