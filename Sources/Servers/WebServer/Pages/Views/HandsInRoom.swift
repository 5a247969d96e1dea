import Foundation
import Time

/// The raised hands of a session: the reader's own, and for moderators the line.
struct HandsInRoom: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        /// `participant_0198…`
        let participant: String
        let name: String
        let organisation: String
        let at: UTCInstant
        let isCalled: Bool
    }

    enum Own: String, Hashable, Sendable {
        case down, raised, called
    }

    /// The first to raise it first; empty for who does not moderate.
    let line: [Row]
    let own: Own
    let forum: ForumInRoom

    func fields(in words: Wording) -> Fields {
        [
            "hasHand": .flag(true), "ownHand": .text(own.rawValue), "isOwnHandUp": .flag(own != .down),
            "ownHandWords": .text(own == .down ? "" : words.name(of: "hands.own", own.rawValue)),
            "offersHand": .flag(forum.isOpen || own != .down), "areHandsOpen": .flag(forum.isOpen),
            "mayModerateHands": .flag(forum.mayModerate), "hands": .list(of: line.map { $0.fields(in: words) }),
            "areHandsEmpty": .flag(line.isEmpty), "handForum": .object(forum.fields(in: words)),
            "blankHand": .object(Row.blank), "handZone": .text(words.zone.identifier),
        ]
    }
}

extension HandsInRoom.Row {
    fileprivate func fields(in words: Wording) -> Fields {
        [
            "participant": .text(participant), "handName": .text(name), "organisation": .text(organisation),
            "instant": .text(at.text), "time": .text(words.clock(at)), "isCalled": .flag(isCalled),
        ]
    }

    /// An empty row for the module that writes new ones.
    fileprivate static let blank: Fields = [
        "participant": .text(""), "handName": .text(""), "organisation": .text(""), "instant": .text(""), "time": .text(""),
        "isCalled": .flag(false),
    ]
}
