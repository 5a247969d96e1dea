package import Events
package import Identifiers
package import Programme
import Synchronization

/// The polls of the sessions: moderators draft, open, close and publish them; participants cast one ballot each.
package final class PollDesk: Sendable {
    private let repository: any PollRepository
    private let forums: ForumDesk
    private let tallies: Tallies
    private let recent = Mutex(RecentWords())

    init(repository: any PollRepository, forums: ForumDesk, tallies: Tallies) {
        self.repository = repository
        self.forums = forums
        self.tallies = tallies
    }

    /// Those that the reader may see, in the order in which they were drafted.
    ///
    /// - Parameter reader: nil where somebody who is no participant reads.
    package func polls(in session: SessionID, for reader: ParticipantID?, withDrafts: Bool) async throws -> [Poll] {
        try await repository.polls(in: session, for: reader).filter { withDrafts || $0.state != .draft }
    }

    package func poll(_ id: PollID, for reader: ParticipantID?) async throws -> Poll? {
        try await repository.poll(id, for: reader)
    }

    /// Casts a participant's ballot, or changes it where the poll is not anonymous.
    ///
    /// - Returns: how many have voted.
    /// - Throws: a `DiscussionError` where it is not taken.
    package func cast(_ choices: [Int], in poll: Poll, by voter: ParticipantID) async throws -> Int {
        let chosen = Set(choices)
        guard chosen.count == choices.count, !chosen.isEmpty, chosen.isSubset(of: Set(poll.choices.indices)),
            poll.takesSeveral || chosen.count == 1
        else {
            throw DiscussionError(
                .text,
                "A ballot of this poll has \(poll.takesSeveral ? "one or more" : "one") of its \(poll.choices.count) choices.")
        }
        _ = try await forums.permit(.answer, by: voter, in: poll.place.session)
        switch try await repository.cast(chosen, in: poll.id, by: voter) {
        case .taken(let ballots):
            tallies.set(ballots, version: ballots, of: poll.id.description, in: poll.place.session)
            return ballots
        case .pollNotOpen: throw DiscussionError(.untimely, "Ballots are taken while a poll is open.")
        case .castBefore:
            throw DiscussionError(
                .untimely, "You have voted. An anonymous ballot cannot be changed: nothing says which one is yours.")
        }
    }

    /// Who chose what; empty for an anonymous poll.
    package func namedBallots(of poll: Poll) async throws -> [NamedBallot] {
        poll.isAnonymous ? [] : try await repository.namedBallots(of: poll.id)
    }

    /// The event with the poll that it names; nil where that is gone.
    func told(_ event: Event) async throws -> Event? {
        if let words = recent.withLock({ $0[event.data] }) { return event.telling(words) }
        guard let id = Facts.NamedPoll(event.data)?.poll, let poll = try await repository.poll(id, for: nil) else { return nil }
        return event.telling(poll.words)
    }
}

// MARK: - What moderators do

extension PollDesk {
    /// - Throws: `.full`.
    package func add(_ draft: PollDraft, to session: Session, by actor: AuditActor) async throws -> Poll {
        guard try await repository.pollCount(in: session.id) < Poll.most else {
            throw DiscussionError(.full, "The session has \(Poll.most) polls already.")
        }
        let now = forums.now
        let poll = Poll(
            id: PollID(at: now), place: Place(session), at: now, text: draft.text,
            choices: draft.choices.map { Poll.Choice(text: $0) },
            takesSeveral: draft.takesSeveral, isAnonymous: draft.isAnonymous)
        try await record(.pollDrafted, poll, by: actor)
        try await repository.add(poll)
        try await forums.tell(.pollDrafted, in: poll.place, to: .moderators, facts: poll.facts)
        return poll
    }

    /// Opens a draft, closes an open poll, or publishes the result of a closed one. Opening one also switches polls on.
    ///
    /// - Throws: `.untimely` for any other step.
    package func setState(_ state: Poll.State, of poll: Poll, in session: Session, by actor: AuditActor) async throws {
        guard poll.state != state else { return }
        guard let step = PollStep(from: poll.state, to: state) else {
            throw DiscussionError(.untimely, "A poll is opened, then closed, then published.")
        }
        if state == .open { try await forums.setOpen(true, .polls, in: session, by: actor) }
        try await record(step.recorded, poll, by: actor)
        try await repository.setState(state, of: poll.id)
        guard let changed = try await repository.poll(poll.id, for: nil) else { return }
        recent.withLock { $0.remember(changed.words, for: changed.facts) }
        try await forums.tell(step.told, in: poll.place, facts: poll.facts)
    }

    /// It is gone for good, with its ballots.
    package func delete(_ poll: Poll, by actor: AuditActor) async throws {
        try await record(.pollDeleted, poll, by: actor)
        try await repository.delete(poll.id)
        forget(poll)
        try await forums.tell(.pollDeleted, in: poll.place, to: poll.state == .draft ? .moderators : .session, facts: poll.facts)
    }

    /// Deletes every poll of a session.
    package func clear(_ session: Session, by actor: AuditActor) async throws {
        let polls = try await repository.polls(in: session.id, for: nil)
        try await forums.clear(.polls, in: session, by: actor, count: polls.count) {
            try await repository.deletePolls(in: session.id)
            polls.forEach(forget)
        }
    }

    private func forget(_ poll: Poll) {
        recent.withLock { $0.forget(poll.facts) }
        tallies.forget(poll.id.description, in: poll.place.session)
    }

    private func record(_ kind: AuditKind, _ poll: Poll, by actor: AuditActor) async throws {
        try await forums.record(kind, in: poll.place, by: actor, objects: [poll.id.description])
    }
}

/// What is told and recorded of a step that moderators take with a poll.
private struct PollStep {
    let told: EventKind
    let recorded: AuditKind

    init?(from before: Poll.State, to after: Poll.State) {
        switch (before, after) {
        case (.draft, .open): (told, recorded) = (.pollOpened, .pollOpened)
        case (.open, .closed): (told, recorded) = (.pollClosed, .pollClosed)
        case (.closed, .published): (told, recorded) = (.pollPublished, .pollPublished)
        default: return nil
        }
    }
}
