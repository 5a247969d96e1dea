package import Identifiers
package import Time

/// What a participant asked of a session, as one reader has it before them.
package struct Question: Hashable, Sendable {
    package static let limit = PlainLine.Limit(codePoints: 500, bytes: 1500)
    /// Questions kept of one session.
    package static let most = 500

    /// Where moderators have put it.
    package enum Standing: String, CaseIterable, Codable, Hashable, Sendable {
        /// Asked, and not looked at yet: its author and moderators read it.
        case waiting
        /// Everybody in the session reads it and may vote for it.
        case approved
        case answered
        /// It will not be put: its author and moderators read it.
        case dismissed
        /// Moderators alone read it.
        case hidden
    }

    package let id: QuestionID
    package let place: Place
    package let author: ParticipantID
    /// The author's, as they stand now.
    package let name: String
    package let organisation: String
    package let at: UTCInstant
    package let text: String
    package var standing: Standing
    package var votes: Int
    /// Whether the reader has voted for it.
    package var hasOwnVote: Bool

    package init(
        id: QuestionID, place: Place, author: ParticipantID, name: String, organisation: String, at: UTCInstant, text: String,
        standing: Standing = .waiting, votes: Int = 0, hasOwnVote: Bool = false
    ) {
        self.id = id
        self.place = place
        self.author = author
        self.name = name
        self.organisation = organisation
        self.at = at
        self.text = text
        self.standing = standing
        self.votes = votes
        self.hasOwnVote = hasOwnVote
    }

    /// Whether a participant who does not moderate reads it; nil for somebody who is none.
    package func isVisible(to reader: ParticipantID?) -> Bool {
        switch standing {
        case .approved, .answered: true
        case .waiting, .dismissed: reader == author
        case .hidden: false
        }
    }
}

/// How often a question has been voted for. The version rises with every vote and withdrawal.
package struct VoteCount: Hashable, Sendable {
    package let votes: Int
    package let version: Int

    package init(votes: Int, version: Int) {
        self.votes = votes
        self.version = version
    }
}

/// What the domain needs kept of questions.
package protocol QuestionRepository: Sendable {
    func add(_ question: Question) async throws
    func question(_ id: QuestionID, for reader: ParticipantID?) async throws -> Question?
    /// All of a session, those with the most votes first, and among equals the oldest.
    func questions(in session: SessionID, for reader: ParticipantID?) async throws -> [Question]
    func questionCount(in session: SessionID) async throws -> Int
    func setStanding(_ standing: Question.Standing, of question: QuestionID) async throws
    /// Counts a participant's one vote, or takes it back; what is so already stays as it is.
    func setVote(_ wants: Bool, for question: QuestionID, by participant: ParticipantID) async throws -> VoteCount
    func delete(_ question: QuestionID) async throws
    func deleteQuestions(in session: SessionID) async throws
}
