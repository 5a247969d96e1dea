package import Identifiers
package import Registration
package import Time

/// A participant who is in a session now, as the room shows them.
package struct Presence: Hashable, Sendable {
    package let participant: ParticipantID
    package let name: String
    package let organisation: String
    package let capacity: Capacity
    /// When they came in, since they were last away.
    package let since: UTCInstant

    package init(
        participant: ParticipantID, name: String, organisation: String, capacity: Capacity, since: UTCInstant
    ) {
        self.participant = participant
        self.name = name
        self.organisation = organisation
        self.capacity = capacity
        self.since = since
    }
}

/// Who is in a session, or waits for it: admitted or at its door, and heard of within `patience` by a request or an open event
/// stream.
///
/// It is kept in memory only, and told as counts.
struct Attendance {
    static let patience: Duration = .seconds(15)

    private struct Entry {
        var presence: Presence
        var lastSeen: UTCInstant
        /// When they last asked for media.
        var lastWatched: UTCInstant?
    }

    private var entries: [ParticipantID: Entry] = [:]
    private var counted: (count: Int, at: UTCInstant)?

    mutating func enter(_ participant: Participant, now: UTCInstant) {
        let since = isPresent(participant.id, now: now) ? entries[participant.id]?.presence.since : nil
        let presence = Presence(
            participant: participant.id, name: participant.name, organisation: participant.organisation,
            capacity: participant.capacity, since: since ?? now)
        let lastWatched = entries[participant.id]?.lastWatched
        entries[participant.id] = Entry(presence: presence, lastSeen: now, lastWatched: lastWatched)
    }

    mutating func touch(_ participant: ParticipantID, now: UTCInstant) {
        entries[participant]?.lastSeen = now
    }

    /// As `touch`, by a request for media.
    mutating func watch(_ participant: ParticipantID, now: UTCInstant) {
        entries[participant]?.lastSeen = now
        entries[participant]?.lastWatched = now
    }

    mutating func leave(_ participant: ParticipantID) {
        entries[participant] = nil
    }

    func isPresent(_ participant: ParticipantID, now: UTCInstant) -> Bool {
        entries[participant].map { now.since($0.lastSeen) < Self.patience } ?? false
    }

    func count(now: UTCInstant) -> Int {
        entries.values.count { now.since($0.lastSeen) < Self.patience }
    }

    /// Those of them who ask for media.
    func watching(now: UTCInstant) -> Int {
        entries.values.count { $0.lastWatched.map { now.since($0) < Self.patience } ?? false }
    }

    /// As it was up to a second ago: each event stream asks once a second.
    mutating func recentCount(now: UTCInstant) -> Int {
        if let counted, now.since(counted.at) < .seconds(1), counted.at <= now { return counted.count }
        let count = count(now: now)
        counted = (count, now)
        return count
    }

    /// By organisation, then name.
    func present(now: UTCInstant) -> [Presence] {
        entries.values.filter { now.since($0.lastSeen) < Self.patience }.map(\.presence)
            .sorted { ($0.organisation, $0.name, $0.participant) < ($1.organisation, $1.name, $1.participant) }
    }
}
