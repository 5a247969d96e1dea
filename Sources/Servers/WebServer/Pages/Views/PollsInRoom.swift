import Foundation

/// The polls of a session as one reader may see them, in the order in which they were drafted.
struct PollsInRoom: Hashable, Sendable {
    struct Choice: Hashable, Sendable {
        let text: String
        /// Nil where the reader is not told yet.
        let votes: Int?
        let isOwn: Bool
    }

    struct Row: Hashable, Sendable {
        /// `poll_0198…`
        let id: String
        let text: String
        let choices: [Choice]
        let takesSeveral: Bool
        let isAnonymous: Bool
        /// `draft`, `open` and so on; the catalogues name it.
        let state: String
        let ballots: Int
        let hasOwnBallot: Bool
        /// Whether ballots are taken in the session at all.
        let isTaken: Bool
    }

    let polls: [Row]
    let forum: ForumInRoom

    func fields(in words: Wording) -> Fields {
        [
            "hasPolls": .flag(true), "polls": .list(of: polls.map { $0.fields(in: words) }),
            "arePollsEmpty": .flag(polls.isEmpty), "arePollsOpen": .flag(forum.isOpen),
            "mayModeratePolls": .flag(forum.mayModerate), "pollForum": .object(forum.fields(in: words)),
            "blankPoll": .object(Row.blank),
        ]
    }
}

extension PollsInRoom.Row {
    private var takesBallot: Bool { isTaken && state == "open" && !(isAnonymous && hasOwnBallot) }

    fileprivate func fields(in words: Wording) -> Fields {
        let places = choices.indices.map { place in
            choices[place].fields(in: words, place: place, ballots: ballots, control: takesSeveral ? "checkbox" : "radio")
        }
        let own: Fields = [
            "poll": .text(id), "pollText": .text(text), "pollState": .text(state),
            "pollStateWords": .text(words.name(of: "polls.state", state)),
            "pollKind": .text(words.phrases(takesSeveral ? "polls.several" : "polls.single")),
            "pollSecrecy": .text(words.phrases(isAnonymous ? "polls.anonymous" : "polls.named")),
            "ballots": .text(words.count("polls.ballots", ballots)),
            "severalCode": .text(takesSeveral ? "yes" : ""), "anonymousCode": .text(isAnonymous ? "yes" : ""),
            "votedCode": .text(hasOwnBallot ? "yes" : ""),
        ]
        return own.merging(Self.marks(of: state)) { own, _ in own }.merging([
            "takesBallot": .flag(takesBallot), "hasOwnBallot": .flag(hasOwnBallot), "pollChoices": .list(of: places),
            "showsChoices": .flag(!takesBallot),
        ]) { own, _ in own }
    }

    /// An empty row for the module that writes new ones.
    fileprivate static let blank: Fields = marks(of: "").merging([
        "poll": .text(""), "pollText": .text(""), "pollState": .text(""), "pollStateWords": .text(""), "pollKind": .text(""),
        "pollSecrecy": .text(""), "ballots": .text(""), "severalCode": .text(""), "anonymousCode": .text(""),
        "votedCode": .text(""),
        "takesBallot": .flag(false), "hasOwnBallot": .flag(false), "pollChoices": .list([]), "showsChoices": .flag(true),
    ]) { mark, _ in mark }

    private static func marks(of state: String) -> Fields {
        ["isDraft": .flag(state == "draft"), "isPollOpen": .flag(state == "open"), "isPollClosed": .flag(state == "closed")]
    }
}

extension PollsInRoom.Choice {
    fileprivate func fields(in words: Wording, place: Int, ballots: Int, control: String) -> Fields {
        [
            "place": .text("\(place)"), "choiceText": .text(text), "isOwnChoice": .flag(isOwn), "control": .text(control),
            "hasVotes": .flag(votes != nil), "votes": .text(votes.map { words.count("polls.votes", $0) } ?? ""),
            "share": .text("\(votes ?? 0)"), "most": .text("\(max(ballots, 1))"),
        ]
    }
}
