/// What was said lately as it is told, so that a full house does not ask the table for each. By the facts that its events hold.
struct RecentWords {
    static let capacity = 500

    private var told: [String: String] = [:]
    /// The oldest first.
    private var order: [String] = []

    subscript(facts: String) -> String? { told[facts] }

    mutating func remember(_ words: String, for facts: String) {
        if told.updateValue(words, forKey: facts) == nil { order.append(facts) }
        if order.count > Self.capacity { told[order.removeFirst()] = nil }
    }

    mutating func forget(_ facts: String) {
        guard told.removeValue(forKey: facts) != nil else { return }
        order.removeAll { $0 == facts }
    }
}
