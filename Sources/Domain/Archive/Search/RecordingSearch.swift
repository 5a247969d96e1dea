package import Identifiers
package import Time

/// Which recordings of a conference are wanted, the latest first.
package struct RecordingSearch: Hashable, Sendable {
    package var conference: ConferenceID
    /// Those whose recordings the asker may see.
    package var rooms: [RoomID]
    package var session: SessionID?
    /// Those that began in this time.
    package var began: Range<UTCInstant>?
    /// Beginnings of words that title, abstract or speakers of the session must have, all of them.
    package var words: [String]
    /// Only those behind this one.
    package var after: RecordingID?
    package var limit: Int

    package static let longestPage = 100

    package init(
        in conference: ConferenceID, rooms: [RoomID], session: SessionID? = nil, began: Range<UTCInstant>? = nil,
        words: [String] = [], after: RecordingID? = nil, limit: Int = longestPage
    ) {
        self.conference = conference
        self.rooms = rooms
        self.session = session
        self.began = began
        self.words = words
        self.after = after
        self.limit = limit
    }
}
