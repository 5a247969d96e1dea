import Identifiers
import Registration
import Time

/// Who is in a session, or waits for it: admitted or at its door, and heard of within `patience` by a request or an open event
/// stream.
///
/// It is kept in memory and told as counts. Where it is written down, it is as stays: whoever was away for less than `patience` has
/// not left.
struct Attendance {
    static let patience: Duration = .seconds(15)

    private struct Entry {
        var presence: Presence
        var lastSeen: UTCInstant
        /// When they last asked for media.
        var lastWatched: UTCInstant?
        /// How far the stay has been written down.
        var writtenUntil: UTCInstant?

        var unwritten: Stay? {
            if let writtenUntil, writtenUntil >= lastSeen { return nil }
            return Stay(
                participant: presence.participant, from: max(presence.since, writtenUntil ?? presence.since), until: lastSeen)
        }
    }

    /// Whether stays are written down.
    private let isWritten: Bool
    private var entries: [ParticipantID: Entry] = [:]
    /// Stays that have ended and are to be written down.
    private var over: [Stay] = []
    private var counted: (count: Int, at: UTCInstant)?

    init(isWritten: Bool = false) {
        self.isWritten = isWritten
    }

    mutating func enter(_ participant: Participant, now: UTCInstant) {
        let isStaying = isPresent(participant.id, now: now)
        let since = isStaying ? entries[participant.id]?.presence.since : nil
        if !isStaying { end(participant.id) }
        let presence = Presence(
            participant: participant.id, name: participant.name, organisation: participant.organisation,
            capacity: participant.capacity, since: since ?? now)
        entries[participant.id] = Entry(
            presence: presence, lastSeen: now, lastWatched: entries[participant.id]?.lastWatched,
            writtenUntil: isStaying ? entries[participant.id]?.writtenUntil : nil)
    }

    /// Who comes back by being heard of alone begins a stay too.
    mutating func touch(_ participant: ParticipantID, now: UTCInstant) {
        guard entries[participant] != nil else { return }
        if !isPresent(participant, now: now) {
            end(participant)
            entries[participant]?.presence.since = now
            entries[participant]?.writtenUntil = nil
        }
        entries[participant]?.lastSeen = now
    }

    /// As `touch`, by a request for media.
    mutating func watch(_ participant: ParticipantID, now: UTCInstant) {
        touch(participant, now: now)
        entries[participant]?.lastWatched = now
    }

    mutating func leave(_ participant: ParticipantID) {
        end(participant)
        entries[participant] = nil
    }

    /// Everybody leaves.
    mutating func empty() {
        for participant in entries.keys { end(participant) }
        entries = [:]
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

// MARK: - Writing it down

extension Attendance {
    /// What is to be written down of stays, those that go on included.
    var unwritten: [Stay] { isWritten ? over + entries.values.compactMap(\.unwritten) : [] }

    mutating func noteWritten(_ stays: [Stay]) {
        let ends = Dictionary(stays.map { ($0.participant, $0.until) }, uniquingKeysWith: max)
        over.removeAll { stay in ends[stay.participant].map { stay.until <= $0 } ?? false }
        for (participant, end) in ends { entries[participant]?.writtenUntil = end }
    }

    /// The stay of somebody who is here, or was, is over.
    private mutating func end(_ participant: ParticipantID) {
        if isWritten, let stay = entries[participant]?.unwritten { over.append(stay) }
    }
}
