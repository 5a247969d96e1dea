package import Events
package import Identifiers
package import Programme
import Synchronization
package import Time

/// What the forums of all sessions have in common: moderators open, close, clear and export them, on the audit log before it takes
/// effect and told afterwards; participants come to word at a bounded pace.
package final class ForumDesk: Sendable {
    private struct Scene: Hashable {
        let session: SessionID
        let act: ForumAct
    }

    private let repository: any ForumRepository
    private let events: EventHub
    private let audit: AuditLog
    private let clock: any WallClock
    private let paces = Mutex<[Scene: Pace]>([:])

    package init(repository: any ForumRepository, events: EventHub, audit: AuditLog, clock: any WallClock) {
        self.repository = repository
        self.events = events
        self.audit = audit
        self.clock = clock
    }

    package func isOpen(_ forum: Forum, in session: SessionID) async throws -> Bool {
        try await repository.isOpen(forum, in: session)
    }

    package func setOpen(_ isOpen: Bool, _ forum: Forum, in session: Session, by actor: AuditActor) async throws {
        guard try await repository.isOpen(forum, in: session.id) != isOpen else { return }
        try await record(isOpen ? forum.recorded.opened : forum.recorded.closed, in: Place(session), by: actor)
        try await repository.setOpen(isOpen, forum, in: session.id)
        try await tell(isOpen ? forum.told.opened : forum.told.closed, in: Place(session))
    }

    /// Writes down that somebody takes all of it away with them.
    package func noteExport(of forum: Forum, in session: Session, by actor: AuditActor) async throws {
        try await record(forum.recorded.exported, in: Place(session), by: actor)
    }

    /// Deletes all that was said there, which is `count` things.
    func clear(
        _ forum: Forum, in session: Session, by actor: AuditActor, count: Int, deleting: () async throws -> Void
    ) async throws {
        try await record(forum.recorded.cleared, in: Place(session), by: actor, facts: Facts.Count(count: count))
        try await deleting()
        try await tell(forum.told.cleared, in: Place(session))
    }
}

// MARK: - For the desks of the forums

extension ForumDesk {
    var now: UTCInstant { clock.now() }

    /// Lets a participant do something now, and counts it.
    ///
    /// - Throws: `.closed`, or `.pace` where it comes too soon.
    func permit(_ act: ForumAct, by participant: ParticipantID, in session: SessionID) async throws -> UTCInstant {
        guard try await repository.isOpen(act.forum, in: session) else {
            throw DiscussionError(.closed, "This is closed in the session: \(act.forum.rawValue).")
        }
        let now = clock.now()
        let (scene, rates) = (Scene(session: session, act: act), act.rates)
        let wait = paces.withLock { paces in
            paces[scene, default: Pace(each: rates.each, all: rates.all, now: now)].take(participant, now: now)
        }
        if let wait { throw DiscussionError(.pace(wait: wait), "This comes faster than it is taken.") }
        return now
    }

    /// - Parameter objects: the ids of what is acted on, beside the session.
    func record(
        _ kind: AuditKind, in place: Place, by actor: AuditActor, objects: [String] = [],
        facts: some Encodable & Sendable = Facts.None()
    ) async throws {
        try await audit.append(
            AuditDraft(
                kind, conference: place.conference, actor: actor, objects: [place.session.description] + objects,
                details: Facts.text(facts)))
    }

    func tell(
        _ kind: EventKind, in place: Place, to visibility: EventVisibility = .session, facts: String = "{}"
    ) async throws {
        try await events.publish(
            EventDraft(kind, conference: place.conference, session: place.session, visibility: visibility, data: facts))
    }
}

/// What the domain needs kept of which forums are open.
package protocol ForumRepository: Sendable {
    func isOpen(_ forum: Forum, in session: SessionID) async throws -> Bool
    func setOpen(_ isOpen: Bool, _ forum: Forum, in session: SessionID) async throws
}

extension Facts {
    struct None: Encodable {}
    struct Count: Encodable { let count: Int }
}
