import Access
import Discussion
import Events
import Identifiers
import Programme
import Rooms

/// What moderators announce, from the API and from forms alike.
extension Hub {
    /// For whoever may see or hear the session, and its moderators at any time.
    func announcements(in state: Rooms.SessionState, for identity: Identity) async throws -> [Announcement] {
        if !allows(identity, .conductSession, on: object(state)) { try permit(identity, .watchSession, on: object(state)) }
        return try await discussion.announcements.announcements(in: Place(state.session), since: state.doorsOpenAt)
    }

    func announce(_ text: String, in state: Rooms.SessionState, by identity: Identity) async throws -> Announcement {
        let actor = try actor(identity, .conductSession, on: object(state))
        return try await Self.taking {
            try await discussion.announcements.announce(text, in: state.session.id, of: state.session.conference, by: actor)
        }
    }

    func announce(_ text: String, inAllRoomsOf conference: ConferenceID, by identity: Identity) async throws -> Announcement {
        let actor = try actor(identity, .conductSession, on: .conference(conference))
        return try await Self.taking {
            try await discussion.announcements.announce(text, in: nil, of: conference, by: actor)
        }
    }

    /// Whoever may announce to as many may withdraw it.
    func withdraw(_ name: String?, in conference: ConferenceID, by identity: Identity) async throws {
        try await permitSomewhere(identity, .conductSession, in: conference)
        guard let id = name.flatMap(AnnouncementID.init), let announcement = try await discussion.announcements.announcement(id),
            announcement.conference == conference
        else { throw Problem(.notFound, "There is no such announcement in this conference.") }
        let session = announcement.session.flatMap { rooms.view(of: $0) }.map(Object.session)
        let actor = try actor(identity, .conductSession, on: session ?? .conference(conference))
        try await discussion.announcements.withdraw(announcement, by: actor)
    }
}
