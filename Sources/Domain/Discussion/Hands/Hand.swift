package import Identifiers
package import Time

/// A participant's raised hand.
package struct Hand: Hashable, Sendable {
    /// Hands that are up in one session, at most.
    package static let most = 1000

    package let participant: ParticipantID
    package let name: String
    package let organisation: String
    /// When it was raised: the first stands first in the line.
    package let at: UTCInstant
    /// Whether a moderator has called on them. It stays up until somebody lowers it.
    package var isCalled: Bool

    package init(participant: ParticipantID, name: String, organisation: String, at: UTCInstant, isCalled: Bool = false) {
        self.participant = participant
        self.name = name
        self.organisation = organisation
        self.at = at
        self.isCalled = isCalled
    }
}
