package import Identifiers
package import Time

/// One item of the programme, at a time, in a room. It keeps its id while its content belongs to a programme version.
package struct Session: Hashable, Sendable {
    package let id: SessionID
    package let conference: ConferenceID
    package var room: RoomID
    package let title: LocalisedText
    package let abstract: LocalisedText?
    package let format: SessionFormat
    package let audiences: Set<Audience>
    package let startsAt: UTCInstant
    package let endsAt: UTCInstant
    /// Whether it is recorded, from its start to its end.
    package let isRecorded: Bool

    package init(
        id: SessionID, conference: ConferenceID, room: RoomID, title: LocalisedText, abstract: LocalisedText?,
        format: SessionFormat, audiences: Set<Audience>, startsAt: UTCInstant, endsAt: UTCInstant, isRecorded: Bool
    ) {
        self.id = id
        self.conference = conference
        self.room = room
        self.title = title
        self.abstract = abstract
        self.format = format
        self.audiences = audiences
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.isRecorded = isRecorded
    }
}

package enum SessionFormat: String, CaseIterable, Codable, Hashable, Sendable {
    case debate
    case goodPractice = "good-practice"
    case drafting
}

/// For whom a session is; shown as text in the programme.
package enum Audience: String, CaseIterable, Codable, Hashable, Sendable {
    case members
    case informationTechnology = "information-technology"
    case socialMedia = "social-media"
    case websites
    case communications
    case libraryAndResearch = "library-and-research"
    case publicEngagement = "public-engagement"
}
