package import Access
package import Foundation
import Identifiers
package import Time

/// A whole conference as its secretariat writes it down in YAML.
///
/// Rooms and sessions go by keys that the plan gives them, so that an import finds again what it brought in before.
package struct ProgrammePlan: Hashable, Sendable {
    package struct Room: Hashable, Sendable {
        package let key: String
        package let name: LocalisedText
    }

    package struct Session: Hashable, Sendable {
        package let key: String
        /// The key of its room.
        package let room: String
        package let title: LocalisedText
        package let abstract: LocalisedText?
        package let speakers: [Speaker]
        package let format: SessionFormat
        package let audiences: Set<Audience>
        package let letsOthersWatch: Bool
        package let languages: [String]
        package let startsAt: UTCInstant
        package let endsAt: UTCInstant
        package let isRecorded: Bool
    }

    package let slug: String
    package let title: LocalisedText
    /// The plan's times are told in it.
    package let zone: TimeZone
    package let startsAt: UTCInstant
    package let endsAt: UTCInstant
    package let rooms: [Room]
    /// By start, then key.
    package let sessions: [Session]

    init(
        slug: String, title: LocalisedText, zone: TimeZone, startsAt: UTCInstant, endsAt: UTCInstant, rooms: [Room],
        sessions: [Session]
    ) {
        self.slug = slug
        self.title = title
        self.zone = zone
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.rooms = rooms
        self.sessions = sessions.sorted { ($0.startsAt, $0.key) < ($1.startsAt, $1.key) }
    }
}

// MARK: - From what stands, and back

extension ProgrammePlan {
    /// The plan of a conference as it stands. A time zone that this system does not know is UTC.
    init(_ conference: Conference, rooms: [Programme.Room], sessions: [Programme.Session]) {
        let keys = Dictionary(rooms.map { ($0.id, $0.key) }) { first, _ in first }
        self.init(
            slug: conference.slug, title: conference.title, zone: TimeZone(identifier: conference.timeZone) ?? .gmt,
            startsAt: conference.startsAt, endsAt: conference.endsAt, rooms: rooms.map { Room(key: $0.key, name: $0.name) },
            sessions: sessions.map { Session($0, room: keys[$0.room] ?? $0.room.description) })
    }
}

extension ProgrammePlan.Session {
    fileprivate init(_ session: Session, room: String) {
        self.init(
            key: session.key, room: room, title: session.title, abstract: session.abstract, speakers: session.speakers,
            format: session.format, audiences: session.audiences, letsOthersWatch: session.letsOthersWatch,
            languages: session.languages, startsAt: session.startsAt, endsAt: session.endsAt, isRecorded: session.isRecorded)
    }
}
