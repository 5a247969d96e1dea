/// Somebody in a session, or somebody who was removed from it.
struct PersonInRoom: Hashable, Sendable {
    /// `participant_0198…`
    let participant: String
    let name: String
    /// The code of the capacity, for example `adviser`; the catalogues name it.
    let capacity: String
    /// The parliament or body; nil where there is none to name.
    let delegation: String?
    /// Why a moderator removed this person; nil for who is present.
    let removalReason: String?

    func fields(in words: Wording, mayModerate: Bool) -> Fields {
        let details = [words.name(of: "capacity", capacity), delegation].compactMap { $0 }
        return [
            "participant": .text(participant), "name": .text(name), "details": .text(details.joined(separator: " · ")),
            "removalReason": .text(removalReason), "isPresent": .flag(removalReason == nil),
            "mayRemove": .flag(mayModerate && removalReason == nil),
            "mayReadmit": .flag(mayModerate && removalReason != nil),
        ]
    }

    /// An empty row for the module that writes new ones.
    static func blank(mayModerate: Bool) -> Fields {
        [
            "participant": .text(""), "name": .text(""), "details": .text(""), "removalReason": .text(""),
            "isPresent": .flag(true), "mayRemove": .flag(mayModerate), "mayReadmit": .flag(mayModerate),
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
    let mayModerate: Bool

    func fields(in words: Wording) -> Fields {
        let arc = SeatingArc(seats: max(expected, present.count, 12))
        return [
            "people": .list(of: present.map { $0.fields(in: words, mayModerate: mayModerate) }),
            "removed": .list(of: removed.map { $0.fields(in: words, mayModerate: mayModerate) }),
            "blank": .object(PersonInRoom.blank(mayModerate: mayModerate)),
            "presentCount": .text(words.count("people.present", present.count)), "present": .number(present.count),
            "nobody": .flag(present.isEmpty), "hasRemoved": .flag(!removed.isEmpty), "mayModerate": .flag(mayModerate),
            "arc": .object(arc.fields(taken: present.count)),
        ]
    }
}
