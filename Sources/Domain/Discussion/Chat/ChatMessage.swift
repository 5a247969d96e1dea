package import Identifiers
package import Time

/// What a participant wrote to everybody in a session.
package struct ChatMessage: Hashable, Sendable {
    package static let limit = PlainLine.Limit(codePoints: 1000, bytes: 3000)
    /// Messages kept of one session.
    package static let most = 20_000

    /// Sorts by the instant.
    package let id: ChatMessageID
    package let session: SessionID
    package let conference: ConferenceID
    package let author: ParticipantID
    /// The author's, as they stand now.
    package let name: String
    package let organisation: String
    package let at: UTCInstant
    package let text: String
    /// Shown to moderators only.
    package var isHidden: Bool

    package init(
        id: ChatMessageID, session: SessionID, conference: ConferenceID, author: ParticipantID, name: String,
        organisation: String, at: UTCInstant, text: String, isHidden: Bool = false
    ) {
        self.id = id
        self.session = session
        self.conference = conference
        self.author = author
        self.name = name
        self.organisation = organisation
        self.at = at
        self.text = text
        self.isHidden = isHidden
    }
}

/// What the domain needs kept of the chats.
package protocol ChatRepository: Sendable {
    func add(_ message: ChatMessage) async throws
    func chatMessage(_ id: ChatMessageID) async throws -> ChatMessage?
    /// The newest `limit` before `id`, or of all where that is nil; in order.
    func chatMessages(
        in session: SessionID, before id: ChatMessageID?, limit: Int, withHidden: Bool
    ) async throws -> [ChatMessage]
    func chatMessageCount(in session: SessionID) async throws -> Int
    func setHidden(_ isHidden: Bool, _ message: ChatMessageID) async throws
    func delete(_ message: ChatMessageID) async throws
    func deleteChatMessages(in session: SessionID) async throws
}
