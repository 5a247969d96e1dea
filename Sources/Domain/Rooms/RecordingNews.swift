import Events
import Identifiers
import Programme
import Recording

/// Tells moderators when a recording raises an alarm and when all is well again. An alarm counts as over when it has not been seen
/// for a while, so that one which comes and goes is not told all the time.
struct RecordingNews {
    static let quiet: Duration = .seconds(10)

    /// When each alarm was last seen.
    private var raised: [SessionID: [RecordingAlarm: ContinuousClock.Instant]] = [:]

    /// What is to be told of the running sessions and the alarms that their recordings raise at `now`.
    mutating func changes(_ running: [(Session, Set<RecordingAlarm>)], at now: ContinuousClock.Instant) -> [EventDraft] {
        let drafts = running.compactMap { change(of: $0, alarms: $1, at: now) }
        let ids = Set(running.map(\.0.id))
        raised = raised.filter { ids.contains($0.key) }
        return drafts
    }

    private mutating func change(
        of session: Session, alarms: Set<RecordingAlarm>, at now: ContinuousClock.Instant
    ) -> EventDraft? {
        let before = raised[session.id] ?? [:]
        var seen = before.filter { now - $0.value < Self.quiet }
        for alarm in alarms { seen[alarm] = now }
        raised[session.id] = seen
        let after = Set(seen.keys)
        guard after != Set(before.keys) else { return nil }
        return EventDraft(
            after.isEmpty ? .recordingSound : .recordingAlarm, in: session, to: .moderators,
            Facts.Alarms(alarms: after.sorted { $0.rawValue < $1.rawValue }))
    }
}
