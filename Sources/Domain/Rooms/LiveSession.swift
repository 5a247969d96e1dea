import Access
import Identifiers
import Packaging
import Programme
import Recording
import Time

/// One session as the rooms hold it in memory: its place in the programme, where it stands, and its media while it runs.
struct LiveSession {
    /// How long its media stay after its end, so that players show the last seconds.
    static let afterglow: Duration = .seconds(60)

    var session: Session
    var phase: SessionPhase
    var override: SessionOverride?
    var doorsOpenAt: UTCInstant
    var removals: [ParticipantID: Removal] = [:]
    var attendance = Attendance()
    var media: SessionMedia?
    var recording: RecordingInProgress?

    /// When its media are dropped, once it has ended.
    var mediaUntil: UTCInstant?

    /// A session as it is met at the start of the program, or when the programme brings it: what is over already is not ended
    /// again, and what is running is started by the first `advance`.
    init(_ session: Session, clock: SessionClock, now: UTCInstant) {
        self.session = session
        doorsOpenAt = clock.doorsOpenAt(session)
        phase = now >= session.endsAt ? .ended : .planned
    }

    var areDoorsOpen: Bool { phase == .doorsOpen || phase == .running }

    var inView: SessionInView {
        SessionInView(
            id: session.id, conference: session.conference, room: session.room, doorsOpenAt: doorsOpenAt,
            areDoorsOpen: areDoorsOpen, hasEnded: phase == .ended, removed: removals.mapValues(\.reason))
    }

    /// Comes to where it stands at `now`; says which phase that is where it is another one.
    mutating func advance(_ clock: SessionClock, now: UTCInstant) -> SessionPhase? {
        if let mediaUntil, now >= mediaUntil {
            (media, self.mediaUntil) = (nil, nil)
            attendance.clear()
        }
        let next = clock.phase(of: session, override: override, now: now)
        guard next != phase else { return nil }
        phase = next
        mediaUntil = next == .ended ? now.advanced(by: Self.afterglow) : nil
        if next == .ended { attendance.clear() }
        return next
    }
}

/// The media of a running session.
struct SessionMedia: Sendable {
    let epoch: SessionEpoch
    let output: LiveOutput
}

/// A recording that is being written.
struct RecordingInProgress: Sendable {
    let id: RecordingID
    let writer: RecordingWriter
}
