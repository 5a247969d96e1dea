package import Identifiers
package import Time

/// A question with choices that moderators put to a session, as one reader has it before them. It shows what the room thinks, and binds nobody.
package struct Poll: Hashable, Sendable {
    package static let limit = PlainLine.Limit(codePoints: 500, bytes: 1500)
    package static let choiceLimit = PlainLine.Limit(codePoints: 200, bytes: 600)
    package static let choiceCount = 2...12
    /// Polls kept of one session.
    package static let most = 100

    /// It goes from one to the next, and never back.
    package enum State: String, CaseIterable, Codable, Hashable, Sendable {
        /// Moderators alone read it.
        case draft
        /// Ballots are taken. Nobody is told how they fall.
        case open
        /// Moderators are told how they have fallen.
        case closed
        /// Everybody in the session is.
        case published
    }

    package struct Choice: Hashable, Sendable {
        package let text: String
        package var votes: Int

        package init(text: String, votes: Int = 0) {
            self.text = text
            self.votes = votes
        }
    }

    package let id: PollID
    package let place: Place
    package let at: UTCInstant
    package let text: String
    package var choices: [Choice]
    /// Whether one ballot may have more than one of them.
    package let takesSeveral: Bool
    /// Whether nothing ties a choice to who made it: only that they have voted is kept.
    package let isAnonymous: Bool
    package var state: State
    package var ballots: Int
    /// Whether the reader has voted.
    package var hasOwnBallot: Bool
    /// What the reader chose, by place from 0; empty where that is not kept.
    package var ownChoices: Set<Int>

    package init(
        id: PollID, place: Place, at: UTCInstant, text: String, choices: [Choice], takesSeveral: Bool, isAnonymous: Bool,
        state: State = .draft, ballots: Int = 0, hasOwnBallot: Bool = false, ownChoices: Set<Int> = []
    ) {
        self.id = id
        self.place = place
        self.at = at
        self.text = text
        self.choices = choices
        self.takesSeveral = takesSeveral
        self.isAnonymous = isAnonymous
        self.state = state
        self.ballots = ballots
        self.hasOwnBallot = hasOwnBallot
        self.ownChoices = ownChoices
    }

    /// Whether a reader is told the votes of each choice. Moderators are not before it is closed either: in an anonymous poll they
    /// could watch whose ballot moved which number.
    package func showsVotes(toModerator moderates: Bool) -> Bool {
        state == .published || moderates && state == .closed
    }
}

/// What moderators typed for a new poll, checked.
package struct PollDraft: Hashable, Sendable {
    let text: String
    let choices: [String]
    let takesSeveral: Bool
    let isAnonymous: Bool

    /// - Throws: `.text`, with what is wrong with it.
    package init(text: String, choices: [String], takesSeveral: Bool, isAnonymous: Bool) throws(DiscussionError) {
        guard Poll.choiceCount.contains(choices.count) else {
            throw DiscussionError(
                .text, "A poll has from \(Poll.choiceCount.lowerBound) to \(Poll.choiceCount.upperBound) choices.")
        }
        self.text = try PlainLine(text, limit: Poll.limit).text
        var lines: [String] = []
        for choice in choices { lines.append(try PlainLine(choice, limit: Poll.choiceLimit).text) }
        guard Set(lines).count == lines.count else { throw DiscussionError(.text, "Two choices are the same.") }
        self.choices = lines
        self.takesSeveral = takesSeveral
        self.isAnonymous = isAnonymous
    }
}

/// What became of a ballot.
package enum BallotOutcome: Hashable, Sendable {
    /// The number of ballots is now this.
    case taken(ballots: Int)
    case pollNotOpen
    /// An anonymous ballot was cast before, and cannot be found again to be changed.
    case castBefore
}

/// Who chose what, in a poll that is not anonymous.
package struct NamedBallot: Hashable, Sendable {
    package let participant: ParticipantID
    package let name: String
    package let organisation: String
    package let choice: Int

    package init(participant: ParticipantID, name: String, organisation: String, choice: Int) {
        self.participant = participant
        self.name = name
        self.organisation = organisation
        self.choice = choice
    }
}

/// What the domain needs kept of polls.
package protocol PollRepository: Sendable {
    func add(_ poll: Poll) async throws
    func poll(_ id: PollID, for reader: ParticipantID?) async throws -> Poll?
    /// All of a session, in the order in which they were drafted.
    func polls(in session: SessionID, for reader: ParticipantID?) async throws -> [Poll]
    func pollCount(in session: SessionID) async throws -> Int
    func setState(_ state: Poll.State, of poll: PollID) async throws
    /// Takes a participant's one ballot, or, where the poll is not anonymous, puts it in the place of their earlier one. All of it happens at
    /// once or not at all. Of an anonymous ballot the choices are counted, and kept nowhere else.
    func cast(_ choices: Set<Int>, in poll: PollID, by participant: ParticipantID) async throws -> BallotOutcome
    /// One for each choice that somebody made, by name; none of an anonymous poll.
    func namedBallots(of poll: PollID) async throws -> [NamedBallot]
    func delete(_ poll: PollID) async throws
    func deletePolls(in session: SessionID) async throws
}
