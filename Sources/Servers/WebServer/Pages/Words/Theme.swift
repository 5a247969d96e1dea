/// How the pages look: as the reader's system does, or as the reader says.
enum Theme: String, CaseIterable, Hashable, Sendable {
    case system
    case light
    case dark

    static func choose(chosen: String?) -> Theme {
        chosen.flatMap(Theme.init(rawValue:)) ?? .system
    }
}
