package import Events
package import Identifiers
package import Programme
package import Registration
import Synchronization

/// The chats of the sessions: participants write while it is switched on; moderators hide, delete and clear.
package final class ChatDesk: Sendable {
    private let repository: any ChatRepository
    private let forums: ForumDesk
    private let recent = Mutex(RecentWords())

    init(repository: any ChatRepository, forums: ForumDesk) {
        self.repository = repository
        self.forums = forums
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
        guard try await repository.chatMessageCount(in: session.id) < ChatMessage.most else {
            throw DiscussionError(.full, "The chat has \(ChatMessage.most) messages already.")
        }
        let now = try await forums.permit(.post, by: author.id, in: session.id)
        let message = ChatMessage(
            id: ChatMessageID(at: now), session: session.id, conference: session.conference, author: author.id,
            name: author.name, organisation: author.organisation, at: now, text: line.text)
        recent.withLock { $0.remember(message.words, for: message.facts) }
        try await repository.add(message)
        try await forums.tell(.chatPosted, in: message.place, facts: message.facts)
        return message
    }

    /// The event with the message that it names; nil where that is hidden or gone.
    func told(_ event: Event) async throws -> Event? {
        if let words = recent.withLock({ $0[event.data] }) { return event.telling(words) }
        guard let id = Facts.NamedMessage(event.data)?.message, let message = try await repository.chatMessage(id),
            !message.isHidden
        else { return nil }
        return event.telling(message.words)
    }
}

// MARK: - What moderators do

extension ChatDesk {
    /// Hides a message from the participants, or shows it again.
    package func setHidden(_ isHidden: Bool, _ message: ChatMessage, by actor: AuditActor) async throws {
        guard message.isHidden != isHidden else { return }
        try await record(isHidden ? .chatMessageHidden : .chatMessageShown, message, by: actor)
        try await repository.setHidden(isHidden, message.id)
        recent.withLock { isHidden ? $0.forget(message.facts) : $0.remember(message.words, for: message.facts) }
        try await forums.tell(isHidden ? .chatHidden : .chatShown, in: message.place, facts: message.facts)
    }

    /// Its words are gone for good.
    package func delete(_ message: ChatMessage, by actor: AuditActor) async throws {
        try await record(.chatMessageDeleted, message, by: actor)
        try await repository.delete(message.id)
        recent.withLock { $0.forget(message.facts) }
        try await forums.tell(.chatDeleted, in: message.place, facts: message.facts)
    }

    /// Deletes every message of a session.
    package func clear(_ session: Session, by actor: AuditActor) async throws {
        let count = try await repository.chatMessageCount(in: session.id)
        try await forums.clear(.chat, in: session, by: actor, count: count) {
            try await repository.deleteChatMessages(in: session.id)
            recent.withLock { $0 = RecentWords() }
        }
    }

    private func record(_ kind: AuditKind, _ message: ChatMessage, by actor: AuditActor) async throws {
        try await forums.record(
            kind, in: message.place, by: actor, objects: [message.id.description, message.author.description])
    }
}
