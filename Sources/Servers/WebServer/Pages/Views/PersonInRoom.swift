import Access
import Rooms

/// Somebody in a session, or somebody who was removed from it.
struct PersonInRoom: Hashable, Sendable {
    /// `participant_0198…`
    let participant: String
    let name: String
    /// The code of the capacity, for example `adviser`; the catalogues name it.
    let capacity: String
    /// The parliament or body; nil where there is none to name.
    let delegation: String?
    /// From what a moderator removed this person, and why; nil for who is present.
    let removal: Exclusion?

    func fields(in words: Wording, _ may: PeopleInRoom.Rights) -> Fields {
        let details = [words.name(of: "capacity", capacity), delegation].compactMap { $0 }
        return [
            "participant": .text(participant), "name": .text(name), "details": .text(details.joined(separator: " · ")),
            "removalReason": .text(removal?.reason), "isPresent": .flag(removal == nil),
            "removalExtent": .text(removal.map { words.phrases("people.extent.\($0.extent.rawValue)") }),
            "mayRemove": .flag(may.remove && removal == nil), "mayBan": .flag(may.ban),
            "mayReadmit": .flag(may.remove && (removal?.extent == .session || removal != nil && may.ban)),
        ]
    }

    /// An empty row for the module that writes new ones.
    static func blank(_ may: PeopleInRoom.Rights) -> Fields {
        [
            "participant": .text(""), "name": .text(""), "details": .text(""), "removalReason": .text(""),
            "removalExtent": .text(""), "isPresent": .flag(true), "mayRemove": .flag(may.remove), "mayBan": .flag(may.ban),
            "mayReadmit": .flag(may.remove),
        ]
    }
}

/// Who is in a session: the list, and the arc of seats.
struct PeopleInRoom: Hashable, Sendable {
    let present: [PersonInRoom]
    /// Told to moderators only.
    let removed: [PersonInRoom]
    /// How many the arc is drawn for: those who may enter the session.
    let expected: Int
    /// By name; told to moderators only.
    let organisations: [OrganisationPresence]
    let may: Rights

    /// What the reader may do with them.
    struct Rights: Hashable, Sendable {
        let remove: Bool
        /// From the whole conference.
        let ban: Bool

        static let none = Rights(remove: false, ban: false)
        static let all = Rights(remove: true, ban: true)
    }

    func fields(in words: Wording) -> Fields {
        let arc = SeatingArc(seats: max(expected, present.count, 12))
        return [
            "people": .list(of: present.map { $0.fields(in: words, may) }),
            "removed": .list(of: removed.map { $0.fields(in: words, may) }),
            "blank": .object(PersonInRoom.blank(may)),
            "presentCount": .text(words.count("people.present", present.count)), "present": .number(present.count),
            "nobody": .flag(present.isEmpty), "hasRemoved": .flag(!removed.isEmpty), "mayModerate": .flag(may.remove),
            "mayBan": .flag(may.ban),
            "arc": .object(arc.fields(taken: present.count)),
            "organisations": .list(of: organisations.map { fields(of: $0, words) }),
            "blankOrganisation": .object(["organisation": .text(""), "share": .text(""), "isAway": .flag(false)]),
        ]
    }

    private func fields(of presence: OrganisationPresence, _ words: Wording) -> Fields {
        let counts = ["present": words.number(presence.present), "registered": words.number(presence.registered)]
        return [
            "organisation": .text(
                presence.organisation.isEmpty ? words.phrases("people.no-organisation") : presence.organisation),
            "share": .text(words.phrases("people.share", counts)), "isAway": .flag(presence.present == 0),
        ]
    }
}
