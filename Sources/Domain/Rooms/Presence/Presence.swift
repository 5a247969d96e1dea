package import Identifiers
package import Registration
package import Time

/// A participant who is in a session now, as the room shows them.
package struct Presence: Hashable, Sendable {
    package let participant: ParticipantID
    package let name: String
    package let organisation: String
    package let capacity: Capacity
    /// When they came in, since they were last away.
    package internal(set) var since: UTCInstant

    package init(
        participant: ParticipantID, name: String, organisation: String, capacity: Capacity, since: UTCInstant
    ) {
        self.participant = participant
        self.name = name
        self.organisation = organisation
        self.capacity = capacity
        self.since = since
    }
}

/// How many of a parliament or another organisation are in a session, of those who are registered for the conference.
package struct OrganisationPresence: Hashable, Sendable {
    package let organisation: String
    package let present: Int
    package let registered: Int

    package init(organisation: String, present: Int, registered: Int) {
        self.organisation = organisation
        self.present = present
        self.registered = registered
    }
}
