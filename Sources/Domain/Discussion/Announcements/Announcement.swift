package import Events
package import Identifiers
package import Time

/// What moderators tell everybody in a session, or in all rooms of a conference at once. It is data: whoever shows it escapes it and
/// isolates its direction.
package struct Announcement: Hashable, Sendable {
    package static let limit = PlainLine.Limit(codePoints: 500, bytes: 2000)
    /// That one conference keeps.
    package static let most = 5000

    package let id: AnnouncementID
    package let conference: ConferenceID
    /// Nil where it is for all rooms.
    package let session: SessionID?
    package let actor: AuditActor
    package let at: UTCInstant
    package let text: String

    package init(
        id: AnnouncementID, conference: ConferenceID, session: SessionID?, actor: AuditActor, at: UTCInstant, text: String
    ) {
        self.id = id
        self.conference = conference
        self.session = session
        self.actor = actor
        self.at = at
        self.text = text
    }
}

/// What the domain needs kept of announcements.
package protocol AnnouncementRepository: Sendable {
    func add(_ announcement: Announcement) async throws
    func announcement(_ id: AnnouncementID) async throws -> Announcement?
    /// Those of the session, and those for all rooms since `instant`; in order, the latest `limit` of them.
    func announcements(
        in session: SessionID, of conference: ConferenceID, since instant: UTCInstant, limit: Int
    ) async throws -> [Announcement]
    func announcementCount(in conference: ConferenceID) async throws -> Int
    func delete(_ announcement: AnnouncementID) async throws
}
