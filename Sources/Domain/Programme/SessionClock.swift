package import Time

/// Where a session stands.
package enum SessionPhase: String, Codable, Hashable, Sendable {
    case planned
    /// Participants may come in; it has not begun.
    case doorsOpen = "doors-open"
    /// It goes on: the floor is heard, and recorded where it is to be.
    case running
    case ended
}

/// A moderator's word against the clock; the latest one counts.
package enum SessionOverride: String, Codable, Hashable, Sendable {
    /// Runs until a moderator closes it, whatever the programme says.
    case open
    case closed
}

/// Opens, starts and ends a session by the programme and by its moderators' overrides.
package struct SessionClock: Hashable, Sendable {
    /// How long before its start a session's doors open.
    package var doorsBefore: Duration = .seconds(15 * 60)
    /// A session that a moderator holds open ends all the same this long after its planned end.
    package var longestExtension: Duration = .seconds(6 * 3600)

    package init() {}

    package func phase(of session: Session, override: SessionOverride?, now: UTCInstant) -> SessionPhase {
        switch override {
        case .closed: return .ended
        case .open where now < session.endsAt.advanced(by: longestExtension): return .running
        default: return planned(session, now: now)
        }
    }

    package func doorsOpenAt(_ session: Session) -> UTCInstant {
        session.startsAt.advanced(by: .zero - doorsBefore)
    }

    private func planned(_ session: Session, now: UTCInstant) -> SessionPhase {
        if now >= session.endsAt { return .ended }
        if now >= session.startsAt { return .running }
        return now >= doorsOpenAt(session) ? .doorsOpen : .planned
    }
}
