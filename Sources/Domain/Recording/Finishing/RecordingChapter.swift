package import Time

/// A titled place in a recording, which lasts until the next one.
package struct RecordingChapter: Hashable, Codable, Sendable {
    package enum Source: String, Codable, Hashable, Sendable {
        case programme
        /// A moderator or an archivist has set a mark.
        case moderator
    }

    /// To the millisecond.
    package let at: UTCInstant
    package let title: String
    package let source: Source

    package init(at: UTCInstant, title: String, source: Source) {
        self.at = at.toMillisecond
        self.title = title
        self.source = source
    }
}

extension UTCInstant {
    /// Without what lies below the millisecond: as it is written.
    package var toMillisecond: UTCInstant {
        UTCInstant(microseconds: microseconds - microseconds % 1000)
    }
}
