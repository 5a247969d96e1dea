package import Events
package import Identifiers
import Recording
package import Time

/// Where moderators set marks while a session runs, and archivists mend them later. Each act is on the audit log before it takes
/// effect, and told afterwards.
package struct MarkDesk: Sendable {
    private let repository: any MarkRepository
    private let events: EventHub
    private let audit: AuditLog
    private let clock: any WallClock

    package init(repository: any MarkRepository, events: EventHub, audit: AuditLog, clock: any WallClock) {
        self.repository = repository
        self.events = events
        self.audit = audit
        self.clock = clock
    }

    /// - Parameter instant: nil for this one.
    /// - Returns: nil where the session has as many marks as it may have.
    package func set(
        _ title: String, at instant: UTCInstant?, in session: SessionID, of conference: ConferenceID, by actor: AuditActor
    ) async throws -> Mark? {
        guard try await repository.marks(of: session).count < Mark.most else { return nil }
        let now = clock.now()
        let mark = Mark(
            id: MarkID(at: now), session: session, conference: conference, at: (instant ?? now).toMillisecond, title: title)
        try await keep(mark, by: actor)
        return mark
    }

    /// Gives a mark another title or place.
    package func change(_ mark: Mark, by actor: AuditActor) async throws {
        var changed = mark
        changed.at = mark.at.toMillisecond
        try await keep(changed, by: actor)
    }

    package func remove(_ mark: Mark, by actor: AuditActor) async throws {
        try await audit.append(draft(.markRemoved, mark, actor))
        try await repository.remove(mark.id)
        try await events.publish(draft(.markRemoved, mark))
    }

    private func keep(_ mark: Mark, by actor: AuditActor) async throws {
        try await audit.append(draft(.markSet, mark, actor))
        try await repository.save(mark)
        try await events.publish(draft(.markSet, mark))
    }

    private func draft(_ kind: AuditKind, _ mark: Mark, _ actor: AuditActor) -> AuditDraft {
        AuditDraft(
            kind, conference: mark.conference, actor: actor, objects: [mark.session.description, mark.id.description],
            details: Facts.text(Facts.Marked(mark)))
    }

    private func draft(_ kind: EventKind, _ mark: Mark) -> EventDraft {
        EventDraft(
            kind, conference: mark.conference, session: mark.session, visibility: .participants,
            data: Facts.text(Facts.Marked(mark)))
    }
}

extension Facts {
    fileprivate struct Marked: Encodable {
        let mark: MarkID
        let at: UTCInstant
        let title: String

        init(_ mark: Mark) {
            (self.mark, at, title) = (mark.id, mark.at, mark.title)
        }
    }
}
