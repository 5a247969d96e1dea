package import Identifiers
package import Time

/// A short-lived, signed right to one session. It ends with the session, at `expires`, or when its holder is removed.
package struct Pass: Hashable, Sendable {
    package enum Right: String, Codable, Hashable, Sendable {
        case watch
        case listen
        case publish
    }

    package let session: SessionID
    package let participant: ParticipantID
    package let rights: Set<Right>
    package let expires: UTCInstant

    package init(session: SessionID, participant: ParticipantID, rights: Set<Right>, expires: UTCInstant) {
        self.session = session
        self.participant = participant
        self.rights = rights
        self.expires = expires
    }
}
