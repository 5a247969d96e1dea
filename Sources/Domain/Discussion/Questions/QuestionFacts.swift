import Events
import FoundationEssentials
import Identifiers
import Time

extension Question {
    /// What an event of it holds.
    var facts: String { Facts.text(Facts.NamedQuestion(question: id)) }
    /// What that tells.
    var words: String { Facts.text(Facts.AskedQuestion(self)) }
}

extension Facts {
    struct NamedQuestion: Codable {
        let question: QuestionID
    }

    fileprivate struct AskedQuestion: Encodable {
        let question: QuestionID
        let participant: ParticipantID
        let name: String
        let organisation: String
        let at: UTCInstant
        let text: String
        let standing: Question.Standing
        let votes: Int

        init(_ question: Question) {
            (self.question, participant, name) = (question.id, question.author, question.name)
            (organisation, at, text) = (question.organisation, question.at, question.text)
            (standing, votes) = (question.standing, question.votes)
        }
    }
}

extension Facts.NamedQuestion {
    init?(_ data: String) {
        guard let named = try? JSONDecoder().decode(Self.self, from: Data(data.utf8)) else { return nil }
        self = named
    }
}
