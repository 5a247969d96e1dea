package import Identifiers
package import Time

/// One event; a server holds several.
package struct Conference: Hashable, Sendable {
    package let id: ConferenceID
    /// The word in its address: lower-case letters, digits and hyphens.
    package let slug: String
    package let title: LocalisedText
    /// IANA name of the host's time zone, for example `Europe/Paris`.
    package let timeZone: String
    package let startsAt: UTCInstant
    package let endsAt: UTCInstant

    package init(
        id: ConferenceID, slug: String, title: LocalisedText, timeZone: String, startsAt: UTCInstant, endsAt: UTCInstant
    ) {
        self.id = id
        self.slug = slug
        self.title = title
        self.timeZone = timeZone
        self.startsAt = startsAt
        self.endsAt = endsAt
    }
}

/// The place where sessions happen, one after the other.
package struct Room: Hashable, Sendable {
    package let id: RoomID
    package let conference: ConferenceID
    /// What a plan calls it: unique in its conference, the same in every version.
    package let key: String
    package let name: LocalisedText

    /// - Parameter key: nil for the id.
    package init(id: RoomID, conference: ConferenceID, key: String? = nil, name: LocalisedText) {
        self.id = id
        self.conference = conference
        self.key = key ?? id.description
        self.name = name
    }
}

/// A numbered state of the programme.
package struct ProgrammeVersion: Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable {
        case draft
        case published
    }

    package let conference: ConferenceID
    /// Counts from 1.
    package let number: Int
    package let state: State
    package let createdAt: UTCInstant

    package init(conference: ConferenceID, number: Int, state: State, createdAt: UTCInstant) {
        self.conference = conference
        self.number = number
        self.state = state
        self.createdAt = createdAt
    }
}
