package import Access
import Events
package import Identifiers
package import Packaging
package import Programme
import Recording
package import Registration
package import Streams
import Synchronization
package import Time

/// The sessions of this server as they stand now, for everybody who asks at the door: pages, API, media servers.
///
/// Kept in memory behind one lock and answered without waiting; `Conductor` moves it with the clock and the feeds.
package final class RoomDirectory: Sendable {
    package struct Configuration: Sendable {
        /// How long a pass is good; the live page renews it in time.
        package var passLifetime: Duration = .seconds(300)
        package var clock = SessionClock()

        package init() {}
    }

    struct State {
        var sessions: [SessionID: LiveSession] = [:]
        /// Whom moderators keep out of every session of a conference.
        var bans: [ConferenceID: [ParticipantID: Removal]] = [:]
        /// Participants who have lost every right; their passes are void at once.
        var revoked: Set<ParticipantID> = []
        /// The conferences whose programme will not fit on the disk, or in its budget.
        var lacksSpace: [ConferenceID: Bool] = [:]
        /// Told when somebody has lost the right to be in a session.
        var onRevocation: (@Sendable () -> Void)?

        func honours(_ pass: Pass, now: UTCInstant) -> Bool {
            guard pass.expires > now, !revoked.contains(pass.participant), let place = sessions.index(forKey: pass.session)
            else { return false }
            // In its place: a session is much to copy for every request.
            return removal(of: pass.participant, from: place) == nil
                && (sessions.values[place].phase != .ended || sessions.values[place].canBeSeenAgain)
        }
    }

    let configuration: Configuration
    let repositories: RoomRepositories
    let passes: PassAuthority
    let ledger: RoomLedger
    let feeds: FeedDirectory
    let clock: any WallClock
    /// The one that times what arrives.
    let mediaClock: any WallClock
    let state = Mutex(State())

    package init(
        configuration: Configuration, repositories: RoomRepositories, passes: PassAuthority, ledger: RoomLedger,
        feeds: FeedDirectory, clock: any WallClock, mediaClock: (any WallClock)? = nil
    ) {
        self.configuration = configuration
        self.repositories = repositories
        self.passes = passes
        self.ledger = ledger
        self.feeds = feeds
        self.clock = clock
        self.mediaClock = mediaClock ?? clock
    }

    /// The session as access sees it; nil where there is none.
    package func view(of session: SessionID) -> SessionInView? {
        let now = clock.now()
        return state.withLock { state in
            state.sessions[session].map { $0.inView(bans: state.bans[$0.session.conference] ?? [:], now: now) }
        }
    }

    /// Where the session stands, with its media; nil where there is none.
    package func state(of session: SessionID) -> SessionState? {
        let now = clock.now()
        let (found, conferences) = state.withLock { ($0.sessions[session], $0.lacksSpace) }
        guard let live = found else { return nil }
        let feed = feeds.feed(in: live.session.room)
        let media = live.media.flatMap { feed != nil || $0.output.hasBegun ? $0 : nil }
        return SessionState(
            session: live.session, phase: live.phase, override: live.override, doorsOpenAt: live.doorsOpenAt,
            mediaPath: (media?.epoch ?? live.replayEpoch)?.mediaPath, feed: feed?.health, recordingStatus: live.recordingStatus,
            recording: live.recording.map { RecordingHealth(id: $0.id, $0.writer.state) },
            recordingAlarms: live.recordingAlarms(lacksSpace: conferences[live.session.conference] ?? false),
            present: live.attendance.count(now: now), watching: live.attendance.watching(now: now))
    }

    /// Every session, in no order.
    package var states: [SessionState] { state.withLock { Array($0.sessions.keys) }.compactMap(state(of:)) }

    /// The session that is on in a room, or whose doors are open there.
    package func current(in room: RoomID) -> SessionID? {
        state.withLock { state in
            let open = state.sessions.values.filter { $0.session.room == room && $0.areDoorsOpen }
            return open.min {
                ($0.phase == .running ? 0 : 1, $0.session.startsAt) < ($1.phase == .running ? 0 : 1, $1.session.startsAt)
            }?
            .session.id
        }
    }

    /// Who is in the session, by organisation and name.
    package func people(in session: SessionID) -> [Presence] {
        let now = clock.now()
        return state.withLock { $0.sessions[session]?.attendance.present(now: now) ?? [] }
    }

    package func isPresent(_ participant: ParticipantID, in session: SessionID) -> Bool {
        let now = clock.now()
        return state.withLock { $0.sessions[session]?.attendance.isPresent(participant, now: now) ?? false }
    }
}

// MARK: - Passes

extension RoomDirectory {
    /// Signs a pass for a participant whom `decide` has allowed to watch; who is let in as well is in the room from now on.
    package func admit(
        _ participant: Participant, to session: SessionID, onlyToWatch: Bool = false
    ) async throws -> Admission {
        let now = clock.now()
        let pass = Pass(
            session: session, participant: participant.id, rights: [.watch, .listen],
            expires: now.advanced(by: configuration.passLifetime))
        let token = try await passes.sign(pass)
        let isIn = state.withLock { state in
            // Somebody may have been removed since `decide` was asked: the pass is void then, and the seat stays empty.
            guard let live = state.sessions[session], state.removal(of: participant.id, from: session) == nil,
                !state.revoked.contains(participant.id), live.phase != .ended
            else { return false }
            state.sessions[session]?.passes[participant.id] = pass.expires
            state.sessions[session]?.waiting.leave(participant.id)
            if !onlyToWatch { state.sessions[session]?.attendance.enter(participant, now: now) }
            return true
        }
        if isIn { await letIn([participant.id], to: session) }
        return Admission(pass: pass, isInRoom: !onlyToWatch, token: token)
    }

    /// Whether the pass still lets its holder have the session's media: it has not expired, the session's media are
    /// not over, and nobody has removed the holder. Asked at each request, and again when a blocked one is answered.
    package func honours(_ pass: Pass) -> Bool {
        let now = clock.now()
        return state.withLock { $0.honours(pass, now: now) }
    }

    /// The pass that a request carries, where it is one of ours and still good.
    package func pass(_ token: String) async -> Pass? {
        guard let pass = await passes.read(token, now: clock.now()), honours(pass) else { return nil }
        return pass
    }

    /// The pass that a request carries, where it is remembered: without waiting, and whether it is still good
    /// is for `media(for:epoch:)` to say.
    package func recall(_ token: String) -> Pass? { passes.recall(token, now: clock.now()) }

    /// What a pass opens.
    package enum MediaDoor {
        case open(LiveOutput)
        /// The session is over, and what there is of it is in its recordings.
        case replay
        /// The pass is good, but at this epoch there is nothing.
        case nothingThere
        case closed
    }

    /// Holds the pass up to the live media of its session; whoever is let in has been heard of.
    package func media(for pass: Pass, epoch: Int) -> MediaDoor {
        let now = clock.now()
        return state.withLock { state in
            guard state.honours(pass, now: now) else { return .closed }
            guard let media = state.sessions[pass.session]?.media else {
                return state.sessions[pass.session]?.replayEpoch?.number == epoch ? .replay : .nothingThere
            }
            guard media.epoch.number == epoch else { return .nothingThere }
            state.sessions[pass.session]?.attendance.watch(pass.participant, now: now)
            return .open(media.output)
        }
    }

    /// The participant has been heard of, inside or at the door.
    package func touch(_ participant: ParticipantID, in session: SessionID) {
        let now = clock.now()
        state.withLock { state in
            state.sessions[session]?.attendance.touch(participant, now: now)
            state.sessions[session]?.waiting.touch(participant, now: now)
        }
    }

    /// The participant has lost every right: passes and open streams end.
    package func revoke(_ participant: ParticipantID) {
        state.withLock { state in
            state.revoked.insert(participant)
            for session in state.sessions.keys { state.sessions[session]?.forget(participant) }
        }
        tellRevocation()
    }
}
