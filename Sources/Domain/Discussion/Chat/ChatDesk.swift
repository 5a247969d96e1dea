package import Events
package import Identifiers
package import Programme
package import Registration
import Synchronization
package import Time

/// The chats of the sessions: participants write while it is switched on; moderators switch it, hide, delete and clear. Each act of theirs
/// is on the audit log before it takes effect, and told afterwards.
///
/// An event of the chat names its message and does not hold its words. They are looked up when it is told, so that a message
/// that is hidden or gone is told to nobody any more, whoever asks again for past events.
package final class ChatDesk: Sendable {
    /// What one participant may write, and all of a session together.
    static let (each, all) = (Pace.Rate(burst: 5, interval: .seconds(2)), Pace.Rate(burst: 60, interval: .milliseconds(50)))

    private struct State {
        var paces: [SessionID: Pace] = [:]
        var words = RecentWords()
    }

    private let repository: any ChatRepository
    private let events: EventHub
    private let audit: AuditLog
    private let clock: any WallClock
    private let state = Mutex(State())

    package init(repository: any ChatRepository, events: EventHub, audit: AuditLog, clock: any WallClock) {
        self.repository = repository
        self.events = events
        self.audit = audit
        self.clock = clock
    }

    package func isOpen(in session: SessionID) async throws -> Bool {
        try await repository.isChatOpen(in: session)
    }

    /// The newest `limit` before `id`, in order.
    package func messages(
        in session: SessionID, before id: ChatMessageID? = nil, limit: Int, withHidden: Bool
    ) async throws -> [ChatMessage] {
        try await repository.chatMessages(in: session, before: id, limit: limit, withHidden: withHidden)
    }

    package func message(_ id: ChatMessageID) async throws -> ChatMessage? {
        try await repository.chatMessage(id)
    }

    /// - Throws: a `DiscussionError` where it is not taken.
    package func post(_ typed: String, in session: Session, by author: Participant) async throws -> ChatMessage {
        let line = try PlainLine(typed, limit: ChatMessage.limit)
        guard try await repository.isChatOpen(in: session.id) else { throw DiscussionError(.closed, "The chat is closed.") }
        guard try await repository.chatMessageCount(in: session.id) < ChatMessage.most else {
            throw DiscussionError(.full, "The chat has \(ChatMessage.most) messages already.")
        }
        let now = clock.now()
        try count(author.id, in: session.id, now: now)
        let message = ChatMessage(
            id: ChatMessageID(at: now), session: session.id, conference: session.conference, author: author.id,
            name: author.name, organisation: author.organisation, at: now, text: line.text)
        state.withLock { $0.words.remember(message) }
        try await repository.add(message)
        try await tell(.chatPosted, of: message)
        return message
    }

    private func count(_ author: ParticipantID, in session: SessionID, now: UTCInstant) throws(DiscussionError) {
        let wait = state.withLock { state in
            state.paces[session, default: Pace(each: Self.each, all: Self.all, now: now)].take(author, now: now)
        }
        if let wait { throw DiscussionError(.pace(wait: wait), "Messages come faster than the chat takes them.") }
    }
}

// MARK: - What moderators do

extension ChatDesk {
    package func setOpen(_ isOpen: Bool, in session: Session, by actor: AuditActor) async throws {
        guard try await repository.isChatOpen(in: session.id) != isOpen else { return }
        try await record(isOpen ? .chatOpened : .chatClosed, in: session, by: actor)
        try await repository.setChatOpen(isOpen, in: session.id)
        try await tell(isOpen ? .chatOpened : .chatClosed, in: session)
    }

    /// Hides a message from the participants, or shows it again.
    package func setHidden(_ isHidden: Bool, _ message: ChatMessage, by actor: AuditActor) async throws {
        guard message.isHidden != isHidden else { return }
        try await record(isHidden ? .chatMessageHidden : .chatMessageShown, message, by: actor)
        try await repository.setHidden(isHidden, message.id)
        state.withLock { isHidden ? $0.words.forget(message) : $0.words.remember(message) }
        try await tell(isHidden ? .chatHidden : .chatShown, of: message)
    }

    /// Its words are gone for good.
    package func delete(_ message: ChatMessage, by actor: AuditActor) async throws {
        try await record(.chatMessageDeleted, message, by: actor)
        try await repository.delete(message.id)
        state.withLock { $0.words.forget(message) }
        try await tell(.chatDeleted, of: message)
    }

    /// Deletes every message of a session.
    package func clear(_ session: Session, by actor: AuditActor) async throws {
        let count = try await repository.chatMessageCount(in: session.id)
        try await record(.chatCleared, in: session, by: actor, Facts.Count(messages: count))
        try await repository.deleteChatMessages(in: session.id)
        state.withLock { $0.words = RecentWords() }
        try await tell(.chatCleared, in: session)
    }

    /// Writes down that somebody takes all of it away with them.
    package func noteExport(of session: Session, by actor: AuditActor) async throws {
        try await record(.chatExported, in: session, by: actor)
    }

    private func record(
        _ kind: AuditKind, in session: Session, by actor: AuditActor, _ facts: Facts.Count? = nil
    ) async throws {
        try await audit.append(
            AuditDraft(
                kind, conference: session.conference, actor: actor, objects: [session.id.description],
                details: facts.map { Facts.text($0) } ?? "{}"))
    }

    private func record(_ kind: AuditKind, _ message: ChatMessage, by actor: AuditActor) async throws {
        let objects = [message.session.description, message.id.description, message.author.description]
        try await audit.append(AuditDraft(kind, conference: message.conference, actor: actor, objects: objects))
    }
}

// MARK: - Telling

extension ChatDesk {
    /// The event as it is told: with the message where it brings one. Nil where that is hidden or gone.
    package func told(_ event: Event) async throws -> Event? {
        guard event.kind == .chatPosted || event.kind == .chatShown else { return event }
        if let words = state.withLock({ $0.words[event.data] }) { return event.telling(words) }
        guard let id = Facts.Named(event.data)?.message, let message = try await repository.chatMessage(id), !message.isHidden
        else { return nil }
        return event.telling(Facts.text(Facts.Message(message)))
    }

    private func tell(_ kind: EventKind, of message: ChatMessage) async throws {
        try await events.publish(
            EventDraft(
                kind, conference: message.conference, session: message.session, visibility: .session,
                data: Facts.text(Facts.Named(message: message.id))))
    }

    private func tell(_ kind: EventKind, in session: Session) async throws {
        try await events.publish(
            EventDraft(kind, conference: session.conference, session: session.id, visibility: .session, data: "{}"))
    }
}
