package import Events
import FoundationEssentials
package import Identifiers
package import Time

/// The announcements of all sessions. Each act is on the audit log before it takes effect, and told afterwards.
package struct AnnouncementDesk: Sendable {
    /// Those that a page shows, at most.
    package static let shown = 50

    private let repository: any AnnouncementRepository
    private let events: EventHub
    private let audit: AuditLog
    private let clock: any WallClock

    package init(repository: any AnnouncementRepository, events: EventHub, audit: AuditLog, clock: any WallClock) {
        self.repository = repository
        self.events = events
        self.audit = audit
        self.clock = clock
    }

    /// Those that concern the session, in order: its own, and those for all rooms since its doors opened.
    package func announcements(in place: Place, since doors: UTCInstant) async throws -> [Announcement] {
        try await repository.announcements(in: place.session, of: place.conference, since: doors, limit: Self.shown)
    }

    package func announcement(_ id: AnnouncementID) async throws -> Announcement? {
        try await repository.announcement(id)
    }

    /// - Parameter session: nil for all rooms.
    /// - Throws: a `DiscussionError` where the text is not taken, or there are too many.
    package func announce(
        _ typed: String, in session: SessionID?, of conference: ConferenceID, by actor: AuditActor
    ) async throws -> Announcement {
        let line = try PlainLine(typed, limit: Announcement.limit)
        guard try await repository.announcementCount(in: conference) < Announcement.most else {
            throw DiscussionError(.full, "The conference has \(Announcement.most) announcements already.")
        }
        let now = clock.now()
        let announcement = Announcement(
            id: AnnouncementID(at: now), conference: conference, session: session, actor: actor, at: now, text: line.text)
        try await record(.announcementMade, announcement, by: actor, Facts.Text(text: line.text))
        try await repository.add(announcement)
        try await tell(.announcementMade, announcement)
        return announcement
    }

    /// It is gone from every page.
    package func withdraw(_ announcement: Announcement, by actor: AuditActor) async throws {
        try await record(.announcementWithdrawn, announcement, by: actor, Facts.None())
        try await repository.delete(announcement.id)
        try await tell(.announcementWithdrawn, announcement)
    }

    /// The event with the words of what it names; nil where that is gone.
    func told(_ event: Event) async throws -> Event? {
        guard let id = Facts.NamedAnnouncement(event.data)?.announcement,
            let announcement = try await repository.announcement(id)
        else { return nil }
        return event.telling(Facts.text(Facts.Announced(announcement)))
    }

    private func record(
        _ kind: AuditKind, _ announcement: Announcement, by actor: AuditActor, _ facts: some Encodable
    ) async throws {
        let session = announcement.session.map { [$0.description] } ?? []
        try await audit.append(
            AuditDraft(
                kind, conference: announcement.conference, actor: actor, objects: session + [announcement.id.description],
                details: Facts.text(facts)))
    }

    private func tell(_ kind: EventKind, _ announcement: Announcement) async throws {
        try await events.publish(
            EventDraft(
                kind, conference: announcement.conference, session: announcement.session, visibility: .participants,
                data: Facts.text(Facts.NamedAnnouncement(announcement: announcement.id))))
    }
}

extension Facts {
    struct Text: Encodable { let text: String }

    struct NamedAnnouncement: Codable {
        let announcement: AnnouncementID

        init(announcement: AnnouncementID) {
            self.announcement = announcement
        }

        init?(_ data: String) {
            guard let named = try? JSONDecoder().decode(Self.self, from: Data(data.utf8)) else { return nil }
            self = named
        }
    }

    struct Announced: Encodable {
        let announcement: AnnouncementID
        let isForAllRooms: Bool
        let at: UTCInstant
        let text: String

        init(_ announcement: Announcement) {
            (self.announcement, isForAllRooms) = (announcement.id, announcement.session == nil)
            (at, text) = (announcement.at, announcement.text)
        }
    }
}
