import Access
import Identifiers
import Packaging
import Programme
import Recording
import Time

/// One session as the rooms hold it in memory: its place in the programme, where it stands, and its media while it runs.
struct LiveSession {
    /// How long its media stay after its end beyond what they last, so that whoever has gone back to their beginning sees all of it.
    static let afterglow: Duration = .seconds(60)

    private(set) var session: Session
    private(set) var phase: SessionPhase
    var override: SessionOverride?
    private(set) var doorsOpenAt: UTCInstant
    /// Whether the programme still has it; what it no longer has is over.
    var isInProgramme = true
    /// Whom moderators keep out of it alone.
    var removals: [ParticipantID: Removal] = [:]
    var entrance: Entrance
    /// Who was let in, to be in the room or only to watch.
    var admitted: Set<ParticipantID> = []
    /// Until when the latest pass of each of them is good, until it is over.
    var passes: [ParticipantID: UTCInstant] = [:]
    var attendance = Attendance(isWritten: true)
    /// Who has to wait, and was heard of lately.
    var waiting = Attendance()
    var media: SessionMedia?
    /// The epoch of what recordings have kept of it; nil where that is nothing.
    var kept: SessionEpoch?
    var recording: RecordingInProgress?
    var pauses: RecordingPauses
    /// Whether the disk refuses to begin its recording.
    var isRecordingRefused = false

    /// When its media are dropped, once it has ended.
    var mediaUntil: UTCInstant?

    /// A session as it is met at the start of the program, or when the programme brings it: what is over already is not ended
    /// again, and what is running is started by the first `advance`.
    init(
        _ session: Session, override: SessionOverride? = nil, isPaused: Bool = false, entrance: Entrance = Entrance(),
        clock: SessionClock, now: UTCInstant
    ) {
        self.session = session
        self.override = override
        self.entrance = entrance
        // A pause that an earlier run of the program left covers whatever comes, wherever the clock stood then.
        pauses = RecordingPauses(since: isPaused ? UTCInstant(microseconds: .min) : nil)
        doorsOpenAt = clock.doorsOpenAt(session)
        phase = now >= session.endsAt ? .ended : .planned
    }

    /// Takes over what the programme says of it now. While it runs it stays in its room, where its people and its feed are.
    mutating func take(_ changed: Session, clock: SessionClock) {
        let room = phase == .running ? session.room : changed.room
        session = changed
        session.room = room
        doorsOpenAt = clock.doorsOpenAt(changed)
        isInProgramme = true
    }

    /// They are gone, from their seat or from the line.
    mutating func forget(_ participant: ParticipantID) {
        attendance.leave(participant)
        waiting.leave(participant)
    }

    var areDoorsOpen: Bool { phase == .doorsOpen || phase == .running }

    /// - Parameter bans: who is kept out of all sessions of its conference.
    func inView(bans: [ParticipantID: Removal] = [:], now: UTCInstant) -> SessionInView {
        SessionInView(
            id: session.id, conference: session.conference, room: session.room, audiences: session.audiences,
            letsOthersWatch: session.letsOthersWatch, doorsOpenAt: doorsOpenAt, areDoorsOpen: areDoorsOpen,
            hasEnded: phase == .ended, excluded: removals.merging(bans) { _, ban in ban }.mapValues(\.exclusion),
            obstacle: phase == .ended ? nil : entrance.obstacle(isFull: isFull(now: now)), admitted: admitted,
            canBeSeenAgain: canBeSeenAgain)
    }

    /// The epoch of what can be seen of it when its live media have gone.
    var replayEpoch: SessionEpoch? { phase == .ended && media == nil ? kept : nil }

    /// Whether it is over, and its media may still be had.
    var canBeSeenAgain: Bool { phase == .ended && (media != nil || kept != nil) }

    /// Where programme and moderators want it to stand.
    func due(_ clock: SessionClock, now: UTCInstant) -> SessionPhase {
        isInProgramme ? clock.phase(of: session, override: override, now: now) : .ended
    }

    /// Comes to where it stands at `now`; says which phase that is where it is another one. While another session has its room, it
    /// waits with open doors.
    mutating func advance(_ clock: SessionClock, hasRoom: Bool = true, now: UTCInstant) -> SessionPhase? {
        if let mediaUntil, now >= mediaUntil {
            (media, self.mediaUntil) = (nil, nil)
        }
        let due = due(clock, now: now)
        let next = due == .running && !hasRoom ? .doorsOpen : due
        guard next != phase else { return nil }
        phase = next
        mediaUntil = next == .ended ? now.advanced(by: (media?.output.length ?? .zero) + Self.afterglow) : nil
        if next == .ended {
            attendance.empty()
            (waiting, passes) = (Attendance(), [:])
        }
        return next
    }
}

/// The media of a running session.
struct SessionMedia: Sendable {
    let epoch: SessionEpoch
    let output: LiveOutput
    /// How far the session's line is ahead of the clock that times what arrives.
    var shift: Duration = .zero
}

/// A recording that is being written.
struct RecordingInProgress: Sendable {
    let id: RecordingID
    let writer: RecordingWriter
}
