import Foundation
import Time

/// The chat of a session: the newest messages, and what the reader may do.
struct ChatInRoom: Hashable, Sendable {
    struct Message: Hashable, Sendable {
        /// `chatmessage_0198…`
        let id: String
        let name: String
        let organisation: String
        let at: UTCInstant
        let text: String
        let isHidden: Bool
    }

    /// In order.
    let messages: [Message]
    let forum: ForumInRoom

    func fields(in words: Wording) -> Fields {
        [
            "hasChat": .flag(true), "chatMessages": .list(of: messages.map { $0.fields(in: words) }),
            "isChatOpen": .flag(forum.isOpen),
            "isChatEmpty": .flag(messages.isEmpty), "mayModerateChat": .flag(forum.mayModerate),
            "chatForum": .object(forum.fields(in: words)),
            "blankMessage": .object(Message.blank), "chatZone": .text(words.zone.identifier),
        ]
    }
}

extension ChatInRoom.Message {
    fileprivate func fields(in words: Wording) -> Fields {
        [
            "message": .text(id), "author": .text(name), "organisation": .text(organisation), "instant": .text(at.text),
            "time": .text(words.clock(at)), "text": .text(text), "isHidden": .flag(isHidden),
        ]
    }

    /// An empty row for the module that writes new ones.
    fileprivate static let blank: Fields = [
        "message": .text(""), "author": .text(""), "organisation": .text(""), "instant": .text(""), "time": .text(""),
        "text": .text(""), "isHidden": .flag(false),
    ]
}
