import Access
package import Registration

/// How people come into a session, by the word of its moderators. Who conducts it, and who was let in before, comes in at any time.
package struct Entrance: Codable, Hashable, Sendable {
    /// Whether whoever comes waits until a moderator admits them.
    package var hasLobby = false
    /// Who passes the lobby without waiting.
    package var passes = EntryRule()
    /// Whether nobody new comes in, but whom a moderator admits all the same.
    package var isLocked = false
    /// How many may be in it when somebody new comes; nil for as many as come.
    package var seats: Int?

    package init() {}

    /// What keeps out those who were not let in yet; nil where nothing does.
    func obstacle(isFull: Bool) -> WaitingReason? {
        if isLocked { return .locked }
        if hasLobby { return .lobby }
        return isFull ? .full : nil
    }

    /// Whether neither lock nor lobby keeps somebody out; a seat they need all the same.
    func letsPass(_ organisation: String, _ capacity: Capacity) -> Bool {
        !isLocked && (!hasLobby || passes.fits(organisation, capacity))
    }
}

/// Picks people by what the register says of them; without anything in it, nobody.
package struct EntryRule: Codable, Hashable, Sendable {
    /// Organisations in one rule, at most.
    package static let mostOrganisations = 250

    package var capacities: Set<Capacity>
    /// As the register writes them.
    package var organisations: Set<String>

    package init(capacities: Set<Capacity> = [], organisations: Set<String> = []) {
        self.capacities = capacities
        self.organisations = organisations
    }

    /// In an order, so that the same rule always reads the same.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(capacities.sorted { $0.rawValue < $1.rawValue }, forKey: .capacities)
        try container.encode(organisations.sorted(), forKey: .organisations)
    }

    func fits(_ organisation: String, _ capacity: Capacity) -> Bool {
        capacities.contains(capacity) || organisations.contains(organisation)
    }
}
