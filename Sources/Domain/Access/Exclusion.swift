/// What a moderator keeps somebody out of.
package enum RemovalExtent: String, CaseIterable, Codable, Hashable, Sendable {
    /// The session from which they were removed.
    case session
    /// Every session of the conference: a ban.
    case conference
}

/// That somebody is kept out of a session, and the reason that a moderator gave.
package struct Exclusion: Hashable, Sendable {
    package let extent: RemovalExtent
    package let reason: String

    package init(from extent: RemovalExtent, reason: String) {
        self.extent = extent
        self.reason = reason
    }

    var refusal: Refusal { extent == .conference ? .banned(reason: reason) : .removed(reason: reason) }
}
