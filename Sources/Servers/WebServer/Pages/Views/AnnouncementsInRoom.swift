import Discussion
import Foundation
import Identifiers
import Time

/// What moderators have told everybody in a session, and what the reader may do about it.
struct AnnouncementsInRoom: Hashable, Sendable {
    /// In order.
    let announcements: [Announcement]
    let conference: ConferenceID
    let mayAnnounce: Bool
    let mayAnnounceEverywhere: Bool

    func fields(in words: Wording) -> Fields {
        [
            "announcements": .list(of: announcements.reversed().map { fields(of: $0, words) }),
            "announcementConference": .text(conference.description), "announcementZone": .text(words.zone.identifier),
            "noAnnouncements": .flag(announcements.isEmpty), "mayAnnounce": .flag(mayAnnounce),
            "mayAnnounceEverywhere": .flag(mayAnnounceEverywhere), "blankAnnouncement": .object(blank),
        ]
    }

    private func fields(of announcement: Announcement, _ words: Wording) -> Fields {
        [
            "announcement": .text(announcement.id.description), "instant": .text(announcement.at.text),
            "time": .text(words.clock(announcement.at)), "isEverywhere": .flag(announcement.session == nil),
            "text": .text(announcement.text),
            "mayWithdraw": .flag(announcement.session == nil ? mayAnnounceEverywhere : mayAnnounce),
        ]
    }

    /// An empty row for the module that writes new ones.
    private var blank: Fields {
        [
            "announcement": .text(""), "instant": .text(""), "time": .text(""), "isEverywhere": .flag(true), "text": .text(""),
            "mayWithdraw": .flag(mayAnnounce),
        ]
    }
}
