package import Identifiers
package import Time

/// One item of the programme, at a time, in a room. It keeps its id while its content belongs to a programme version.
package struct Session: Hashable, Sendable {
    package let id: SessionID
    package let conference: ConferenceID
    package var room: RoomID
    package let title: LocalisedText
    package let abstract: LocalisedText?
    /// Who speaks, in the order of the programme.
    package let speakers: [Speaker]
    package let format: SessionFormat
    package let audiences: Set<Audience>
    package let startsAt: UTCInstant
    package let endsAt: UTCInstant
    /// Whether it is recorded, from its start to its end.
    package let isRecorded: Bool

    package init(
        id: SessionID, conference: ConferenceID, room: RoomID, title: LocalisedText, abstract: LocalisedText?,
        speakers: [Speaker] = [], format: SessionFormat, audiences: Set<Audience>, startsAt: UTCInstant, endsAt: UTCInstant,
        isRecorded: Bool
    ) {
        self.id = id
        self.conference = conference
        self.room = room
        self.title = title
        self.abstract = abstract
        self.speakers = speakers
        self.format = format
        self.audiences = audiences
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.isRecorded = isRecorded
    }

    /// The same session at another time.
    package func held(from start: UTCInstant, to end: UTCInstant) -> Session {
        Session(
            id: id, conference: conference, room: room, title: title, abstract: abstract, speakers: speakers, format: format,
            audiences: audiences, startsAt: start, endsAt: end, isRecorded: isRecorded)
    }
}

/// Somebody who speaks in a session, as the programme names them.
package struct Speaker: Hashable, Codable, Sendable {
    package let name: String
    /// The parliament or body; empty where the programme names none.
    package let organisation: String

    package init(_ name: String, of organisation: String = "") {
        self.name = name
        self.organisation = organisation
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
