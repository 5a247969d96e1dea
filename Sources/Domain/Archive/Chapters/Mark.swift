package import Identifiers
package import Time

/// A place in a session that somebody has given a title: the beginning of a chapter.
package struct Mark: Hashable, Sendable {
    package let id: MarkID
    package let session: SessionID
    package let conference: ConferenceID
    /// To the millisecond.
    package var at: UTCInstant
    package var title: String

    /// Bytes of UTF-8 in a title.
    package static let longestTitle = 200
    /// Marks of one session.
    package static let most = 500

    package init(id: MarkID, session: SessionID, conference: ConferenceID, at: UTCInstant, title: String) {
        self.id = id
        self.session = session
        self.conference = conference
        self.at = at
        self.title = title
    }
}

/// What the domain needs kept of marks.
package protocol MarkRepository: Sendable {
    /// In the order of time.
    func marks(of session: SessionID) async throws -> [Mark]
    func mark(_ id: MarkID) async throws -> Mark?
    /// Adds it, or replaces what was kept of it.
    func save(_ mark: Mark) async throws
    func remove(_ mark: MarkID) async throws
}
