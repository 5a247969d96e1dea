package import Identifiers
package import Programme

/// The session in which something is said.
package struct Place: Hashable, Sendable {
    package let session: SessionID
    package let conference: ConferenceID

    package init(session: SessionID, conference: ConferenceID) {
        self.session = session
        self.conference = conference
    }

    package init(_ session: Session) {
        self.init(session: session.id, conference: session.conference)
    }
}
