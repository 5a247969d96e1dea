package import Access
package import Identifiers
package import Time

/// One item of the programme, at a time, in a room. It keeps its id while its content belongs to a programme version.
package struct Session: Hashable, Sendable {
    package let id: SessionID
    package let conference: ConferenceID
    package var room: RoomID
    /// What a plan calls it: unique in its conference, the same in every version.
    package let key: String
    package let title: LocalisedText
    package let abstract: LocalisedText?
    /// Who speaks, in the order of the programme.
    package let speakers: [Speaker]
    package let format: SessionFormat
    /// For whom it is; empty where it is for everybody.
    package let audiences: Set<Audience>
    /// In which it is held and interpreted, as BCP 47 tags; the first is the floor's. Empty where the programme does not say.
    package let languages: [String]
    package private(set) var startsAt: UTCInstant
    package private(set) var endsAt: UTCInstant
    /// Whether participants of other audiences may watch it.
    package let letsOthersWatch: Bool
    /// Whether it is recorded, from its start to its end.
    package let isRecorded: Bool

    /// - Parameter key: nil for the id.
    package init(
        id: SessionID, conference: ConferenceID, room: RoomID, key: String? = nil, title: LocalisedText,
        abstract: LocalisedText?, speakers: [Speaker] = [], format: SessionFormat, audiences: Set<Audience>,
        letsOthersWatch: Bool = true, languages: [String] = [], startsAt: UTCInstant, endsAt: UTCInstant, isRecorded: Bool
    ) {
        self.id = id
        self.conference = conference
        self.room = room
        self.key = key ?? id.description
        self.title = title
        self.abstract = abstract
        self.speakers = speakers
        self.format = format
        self.audiences = audiences
        self.letsOthersWatch = letsOthersWatch
        self.languages = languages
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.isRecorded = isRecorded
    }

    /// The same session at another time.
    package func held(from start: UTCInstant, to end: UTCInstant) -> Session {
        var moved = self
        (moved.startsAt, moved.endsAt) = (start, end)
        return moved
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
