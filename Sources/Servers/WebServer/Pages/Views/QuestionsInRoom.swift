import Foundation
import Time

/// The questions of a session as one reader may see them, those with the most votes first.
struct QuestionsInRoom: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        /// `question_0198…`
        let id: String
        /// Whether the reader asked it.
        let isOwn: Bool
        let name: String
        let organisation: String
        let at: UTCInstant
        let text: String
        /// `waiting`, `approved` and so on; the catalogues name it.
        let standing: String
        let votes: Int
        let hasOwnVote: Bool
    }

    let questions: [Row]
    let forum: ForumInRoom

    func fields(in words: Wording) -> Fields {
        [
            "hasQuestions": .flag(true), "questions": .list(of: questions.map { $0.fields(in: words) }),
            "areQuestionsEmpty": .flag(questions.isEmpty), "areQuestionsOpen": .flag(forum.isOpen),
            "mayModerateQuestions": .flag(forum.mayModerate), "questionForum": .object(forum.fields(in: words)),
            "blankQuestion": .object(Row.blank), "questionZone": .text(words.zone.identifier),
        ]
    }
}

extension QuestionsInRoom.Row {
    fileprivate func fields(in words: Wording) -> Fields {
        [
            "question": .text(id), "isOwnQuestion": .flag(isOwn), "questionAuthor": .text(name),
            "organisation": .text(organisation), "instant": .text(at.text),
            "time": .text(words.clock(at)), "text": .text(text), "standing": .text(standing),
            "standingWords": .text(words.name(of: "questions.standing", standing)),
            "votes": .text(words.count("questions.votes", votes)), "hasOwnVote": .flag(hasOwnVote),
            "takesVotes": .flag(standing == "approved"), "isApproved": .flag(standing == "approved"),
            "isAnswered": .flag(standing == "answered"), "isDismissed": .flag(standing == "dismissed"),
            "isQuestionHidden": .flag(standing == "hidden"),
        ]
    }

    /// An empty row for the module that writes new ones.
    fileprivate static let blank: Fields = [
        "question": .text(""), "isOwnQuestion": .flag(false), "questionAuthor": .text(""), "organisation": .text(""),
        "instant": .text(""), "time": .text(""),
        "text": .text(""), "standing": .text(""), "standingWords": .text(""), "votes": .text(""), "hasOwnVote": .flag(false),
        "takesVotes": .flag(false), "isApproved": .flag(false), "isAnswered": .flag(false), "isDismissed": .flag(false),
        "isQuestionHidden": .flag(false),
    ]
}
