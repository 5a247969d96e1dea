/// A floor of the house: a folder below `Sources/`.
enum Layer: String, CaseIterable {
    case vocabulary = "Vocabulary"
    case bindings = "Bindings"
    case protocols = "Protocols"
    case domain = "Domain"
    case storage = "Storage"
    case servers = "Servers"
    case app = "App"

    /// How high it stands. Layers of one height stand side by side and do not see each other.
    private var height: Int {
        switch self {
        case .vocabulary: 0
        case .bindings, .protocols: 1
        case .domain: 2
        case .storage, .servers: 3
        case .app: 4
        }
    }

    /// Whether a target of this layer may import another target, of `other`.
    func maySee(_ other: Layer) -> Bool {
        if self == other { return self != .servers }
        return height > other.height
    }
}
