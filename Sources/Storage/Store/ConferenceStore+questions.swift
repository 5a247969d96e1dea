package import Discussion
package import Identifiers
import Time

extension ConferenceStore: QuestionRepository {
    package func add(_ question: Question) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO question (id, session, conference, author, instant, text, standing, votes, version)
                VALUES (\(question.id), \(question.place.session), \(question.place.conference), \(question.author),
                    \(question.at), \(question.text), \(question.standing), \(question.votes), 0)
                """)
        }
    }

    package func question(_ id: QuestionID, for reader: ParticipantID?) async throws(StoreError) -> Question? {
        try await read { connection throws(StoreError) in
            try connection.first("\(part: Question.selection(for: reader)) WHERE question.id = \(id)", Question.init)
        }
    }

    package func questions(in session: SessionID, for reader: ParticipantID?) async throws(StoreError) -> [Question] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                \(part: Question.selection(for: reader)) WHERE question.session = \(session)
                ORDER BY question.votes DESC, question.id
                """, Question.init)
        }
    }

    package func questionCount(in session: SessionID) async throws(StoreError) -> Int {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT count(*) AS questions FROM question WHERE session = \(session)") {
                record throws(StoreError) in try record.value("questions", as: Int.self)
            } ?? 0
        }
    }

    package func setStanding(_ standing: Question.Standing, of question: QuestionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("UPDATE question SET standing = \(standing) WHERE id = \(question)")
        }
    }

    package func setVote(
        _ wants: Bool, for question: QuestionID, by participant: ParticipantID
    ) async throws(StoreError) -> VoteCount {
        try await write { connection throws(StoreError) in
            let changed = try connection.run(
                wants ? .voting(for: question, participant) : .withdrawal(from: question, participant))
            let difference = wants ? changed : -changed
            try connection.run(
                """
                UPDATE question SET votes = votes + \(difference), version = version + \(changed) WHERE id = \(question)
                """)
            let count = try connection.first("SELECT votes, version FROM question WHERE id = \(question)") {
                record throws(StoreError) in
                VoteCount(votes: try record.value("votes"), version: try record.value("version"))
            }
            guard let count else { throw StoreError(.missing, "There is no such question.") }
            return count
        }
    }

    package func delete(_ question: QuestionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM question WHERE id = \(question)")
        }
    }

    package func deleteQuestions(in session: SessionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM question WHERE session = \(session)")
        }
    }
}

extension Query {
    /// The conference is the question's; the schema refuses a participant of another one.
    fileprivate static func voting(for question: QuestionID, _ participant: ParticipantID) -> Query {
        """
        INSERT INTO question_vote (question, participant, conference)
        SELECT question.id, \(participant), question.conference FROM question WHERE question.id = \(question)
        ON CONFLICT (question, participant) DO NOTHING
        """
    }

    fileprivate static func withdrawal(from question: QuestionID, _ participant: ParticipantID) -> Query {
        "DELETE FROM question_vote WHERE question = \(question) AND participant = \(participant)"
    }
}

extension Question {
    fileprivate static func selection(for reader: ParticipantID?) -> Query {
        """
        SELECT question.id, question.session, question.conference, question.author, question.instant, question.text,
            question.standing, question.votes, participant.name, participant.organisation,
            EXISTS (
                SELECT 1 FROM question_vote WHERE question_vote.question = question.id AND question_vote.participant = \(reader)
            ) AS has_own_vote
        FROM question JOIN participant ON participant.id = question.author
        """
    }

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"),
            place: Place(session: try record.value("session"), conference: try record.value("conference")),
            author: try record.value("author"), name: try record.value("name"),
            organisation: try record.value("organisation"), at: try record.value("instant"), text: try record.value("text"),
            standing: try record.value("standing"), votes: try record.value("votes"), hasOwnVote: try record.value("has_own_vote")
        )
    }
}
