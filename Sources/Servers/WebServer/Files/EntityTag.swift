/// A validator of a representation (RFC 9110 §8.8.3).
struct EntityTag: Hashable, Sendable {
    /// Without the quotation marks.
    let opaque: String
    let isWeak: Bool

    /// A strong one. `opaque` is ours: without quotation marks, commas and spaces.
    init(strong opaque: String) {
        self.opaque = opaque
        isWeak = false
    }

    /// Reads one tag with its quotation marks; nil where it is none.
    init?(_ text: Substring) {
        isWeak = text.hasPrefix("W/")
        let quoted = isWeak ? text.dropFirst(2) : text
        guard quoted.utf8.count >= 2, quoted.first == "\"", quoted.last == "\"" else { return nil }
        opaque = String(quoted.dropFirst().dropLast())
        guard !opaque.contains("\"") else { return nil }
    }

    var header: String { (isWeak ? "W/" : "") + "\"\(opaque)\"" }

    /// The strong comparison (§8.8.3.2): for ranges and for writes.
    func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    /// The weak comparison: for caches.
    func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }
}

/// The value of `If-Match` or `If-None-Match`: any, or a list.
enum EntityTagList: Equatable, Sendable {
    case any
    case tags([EntityTag])

    /// Tags of one header that are looked at.
    static let maximumTags = 64

    /// Our tags hold no comma, so that a list may be split at them.
    init(_ header: String) {
        let parts = header.split(separator: ",", maxSplits: Self.maximumTags).prefix(Self.maximumTags)
        let trimmed = parts.map { part in part.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" } }
        self = trimmed == ["*"] ? .any : .tags(trimmed.compactMap { EntityTag($0) })
    }

    func contains(_ tag: EntityTag, by matches: (EntityTag) -> (EntityTag) -> Bool) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { matches(tag)($0) }
        }
    }
}
