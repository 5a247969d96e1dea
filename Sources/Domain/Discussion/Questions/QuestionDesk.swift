package import Events
package import Identifiers
package import Programme
package import Registration
import Synchronization

/// The questions of the sessions: participants ask and vote while it is switched on; moderators approve, answer, dismiss, hide and delete.
package final class QuestionDesk: Sendable {
    private let repository: any QuestionRepository
    private let forums: ForumDesk
    private let tallies: Tallies
    private let recent = Mutex(RecentWords())

    init(repository: any QuestionRepository, forums: ForumDesk, tallies: Tallies) {
        self.repository = repository
        self.forums = forums
        self.tallies = tallies
    }

    /// Those that the reader may see, with the most votes first.
    ///
    /// - Parameter reader: nil where somebody who is no participant reads.
    package func questions(in session: SessionID, for reader: ParticipantID?, withAll: Bool) async throws -> [Question] {
        let questions = try await repository.questions(in: session, for: reader)
        return withAll ? questions : questions.filter { $0.isVisible(to: reader) }
    }

    package func question(_ id: QuestionID, for reader: ParticipantID?) async throws -> Question? {
        try await repository.question(id, for: reader)
    }

    /// - Throws: a `DiscussionError` where it is not taken.
    package func ask(_ typed: String, in session: Session, by author: Participant) async throws -> Question {
        let line = try PlainLine(typed, limit: Question.limit)
        guard try await repository.questionCount(in: session.id) < Question.most else {
            throw DiscussionError(.full, "The session has \(Question.most) questions already.")
        }
        let now = try await forums.permit(.ask, by: author.id, in: session.id)
        let question = Question(
            id: QuestionID(at: now), place: Place(session), author: author.id, name: author.name,
            organisation: author.organisation, at: now, text: line.text)
        try await repository.add(question)
        try await forums.tell(.questionAsked, in: question.place, to: .moderatorsAnd(author.id), facts: question.facts)
        return question
    }

    /// Votes for an approved question, or takes the vote back.
    ///
    /// - Returns: the votes that it has.
    /// - Throws: a `DiscussionError` where none is taken now.
    package func setVote(_ wants: Bool, for question: Question, by voter: ParticipantID) async throws -> Int {
        guard question.standing == .approved else {
            throw DiscussionError(.untimely, "Votes are taken for questions that are approved and not answered yet.")
        }
        _ = try await forums.permit(.vote, by: voter, in: question.place.session)
        let count = try await repository.setVote(wants, for: question.id, by: voter)
        tallies.set(count.votes, version: count.version, of: question.id.description, in: question.place.session)
        return count.votes
    }

    /// The event with the question that it names; nil where that is not to be read by those whom the event is for.
    func told(_ event: Event) async throws -> Event? {
        if let words = recent.withLock({ $0[event.data] }) { return event.telling(words) }
        guard let id = Facts.NamedQuestion(event.data)?.question, let question = try await repository.question(id, for: nil)
        else { return nil }
        guard question.isVisible(to: nil) || event.kind == .questionAsked && question.standing != .hidden else { return nil }
        return event.telling(question.words)
    }
}

// MARK: - What moderators do

extension QuestionDesk {
    /// - Throws: `.untimely` for `.waiting`, which only a new question is.
    package func setStanding(_ standing: Question.Standing, of question: Question, by actor: AuditActor) async throws {
        guard let ruling = Ruling(standing) else {
            throw DiscussionError(.untimely, "A question is put among those that are approved, answered, dismissed or hidden.")
        }
        guard question.standing != standing else { return }
        try await record(ruling.recorded, question, by: actor)
        try await repository.setStanding(standing, of: question.id)
        var ruled = question
        ruled.standing = standing
        recent.withLock { [ruled] recent in
            ruled.isVisible(to: nil) ? recent.remember(ruled.words, for: ruled.facts) : recent.forget(ruled.facts)
        }
        try await forums.tell(ruling.told, in: question.place, facts: question.facts)
    }

    /// Its words are gone for good, and its votes.
    package func delete(_ question: Question, by actor: AuditActor) async throws {
        try await record(.questionDeleted, question, by: actor)
        try await repository.delete(question.id)
        forget(question)
        try await forums.tell(.questionDeleted, in: question.place, facts: question.facts)
    }

    /// Deletes every question of a session.
    package func clear(_ session: Session, by actor: AuditActor) async throws {
        let questions = try await repository.questions(in: session.id, for: nil)
        try await forums.clear(.questions, in: session, by: actor, count: questions.count) {
            try await repository.deleteQuestions(in: session.id)
            questions.forEach(forget)
        }
    }

    private func forget(_ question: Question) {
        recent.withLock { $0.forget(question.facts) }
        tallies.forget(question.id.description, in: question.place.session)
    }

    private func record(_ kind: AuditKind, _ question: Question, by actor: AuditActor) async throws {
        try await forums.record(
            kind, in: question.place, by: actor, objects: [question.id.description, question.author.description])
    }
}

/// What is told and recorded of where moderators put a question.
private struct Ruling {
    let told: EventKind
    let recorded: AuditKind

    init?(_ standing: Question.Standing) {
        switch standing {
        case .waiting: return nil
        case .approved: (told, recorded) = (.questionApproved, .questionApproved)
        case .answered: (told, recorded) = (.questionAnswered, .questionAnswered)
        case .dismissed: (told, recorded) = (.questionDismissed, .questionDismissed)
        case .hidden: (told, recorded) = (.questionHidden, .questionHidden)
        }
    }
}
