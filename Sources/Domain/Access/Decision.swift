import Identifiers
package import Time

/// The answer of `decide`.
package enum Decision: Hashable, Sendable {
    case allow
    case refuse(Refusal)
}

/// Why not, and what then. The servers tell it in words, in the reader's language.
package enum Refusal: Error, Hashable, Sendable {
    /// Nobody is signed in; next step: sign in by the mailed link.
    case signInNeeded
    /// Signed in, but not a participant of this conference; next step: the conference's registration desk.
    case notRegistered
    /// A participant, but without a grant for this; next step: ask the secretariat.
    case notGranted(Action)
    /// The token lacks this scope; next step: a token that has it.
    case scopeNeeded(Scope)
    /// A token acts for no person, and so can neither enter a session nor make tokens.
    case personNeeded
    /// The session is for these audiences, to none of which the participant belongs; next step: ask the secretariat.
    case otherAudience(Set<Audience>)
    /// Too early; next step: come back at that instant.
    case doorsClosed(until: UTCInstant)
    /// Over; next step: the archive.
    case sessionEnded
    /// A moderator has removed this participant from the session, for this reason; next step: write to the secretariat.
    case removed(reason: String)
    /// A moderator has removed this participant from all sessions of the conference; next step: write to the secretariat.
    case banned(reason: String)
    /// A moderator has to let this participant in; next step: wait, and ask again.
    case waiting(WaitingReason)
    /// The recording is still being made; next step: come back later.
    case recordingNotReady

    /// Stable across versions; the last part of the problem type's URI.
    package var code: String {
        switch self {
        case .signInNeeded: "sign-in-needed"
        case .notRegistered: "not-registered"
        case .notGranted: "not-granted"
        case .scopeNeeded: "scope-needed"
        case .personNeeded: "person-needed"
        case .otherAudience: "other-audience"
        case .doorsClosed: "doors-closed"
        case .sessionEnded: "session-ended"
        case .removed: "removed"
        case .banned: "banned"
        case .waiting(let reason): "waiting-\(reason.rawValue)"
        case .recordingNotReady: "recording-not-ready"
        }
    }
}

/// The one place where access is decided: pure, called for every request and by every media server.
package func decide(_ subject: Subject, _ action: Action, on object: Object, now: UTCInstant) -> Decision {
    if let refusal = standing(of: subject, for: action, on: object) { return .refuse(refusal) }
    if let refusal = state(of: object, against: action, by: subject, now: now) { return .refuse(refusal) }
    return .allow
}

/// What is missing in who asks; nil where nothing is.
private func standing(of subject: Subject, for action: Action, on object: Object) -> Refusal? {
    guard !action.grants.isEmpty else { return nil }
    switch subject {
    case .anonymous:
        return .signInNeeded
    case .token(_, let conference, let scopes):
        guard conference == object.conference else { return .notRegistered }
        guard let scope = action.scope else { return .personNeeded }
        return scopes.contains(scope) ? nil : .scopeNeeded(scope)
    case .person:
        guard let participation = subject.participation(in: object.conference) else { return .notRegistered }
        return participation.holds(action.grants, in: object.room) ? nil : .notGranted(action)
    }
}

/// What stands against it in the state of what is asked for; nil where nothing does.
private func state(of object: Object, against action: Action, by subject: Subject, now: UTCInstant) -> Refusal? {
    switch object {
    case .session(let session) where action.isOfSession:
        guard let participation = subject.participation(in: session.conference) else { return nil }
        if let exclusion = session.excluded[participation.participant] { return exclusion.refusal }
        if action.isEntrance { return entrance(to: session, by: participation, for: action) }
        return action == .seePeople ? wait(for: session, by: participation) : nil
    case .recording(let recording) where (action == .downloadRecordings || action == .clipRecordings) && !recording.isReady:
        return .recordingNotReady
    default:
        return nil
    }
}

extension Action {
    /// Whether it is lost by being removed from a session.
    fileprivate var isOfSession: Bool { isEntrance || self == .seePeople || self == .followEvents }
    fileprivate var isEntrance: Bool { self == .enterSession || self == .watchSession }
}

/// Those who conduct a session may enter before the doors open. What is kept of it when it is over is for whom it was.
private func entrance(to session: SessionInView, by participation: Participation, for action: Action) -> Refusal? {
    guard !session.hasEnded || session.canBeSeenAgain else { return .sessionEnded }
    let isEnough = session.addresses(participation) || action == .watchSession && session.letsOthersWatch
    guard isEnough else { return .otherAudience(session.audiences) }
    if session.hasEnded { return nil }
    if session.areDoorsOpen { return wait(for: session, by: participation) }
    return session.isConducted(by: participation) ? nil : .doorsClosed(until: session.doorsOpenAt)
}

/// Whoever was let in once comes back at any time, so that a broken line costs nobody their seat.
private func wait(for session: SessionInView, by participation: Participation) -> Refusal? {
    guard let obstacle = session.obstacle else { return nil }
    // Who only watches takes no seat.
    if obstacle == .full, !session.addresses(participation) { return nil }
    return session.hasLetIn(participation) || session.isConducted(by: participation) ? nil : .waiting(obstacle)
}

extension SessionInView {
    fileprivate func hasLetIn(_ participation: Participation) -> Bool { admitted.contains(participation.participant) }

    fileprivate func isConducted(by participation: Participation) -> Bool {
        participation.holds(Action.conductSession.grants, in: room)
    }

    /// Whether it is for them, or they work in it: any grant beyond that of a participant is for work.
    fileprivate func addresses(_ participation: Participation) -> Bool {
        audiences.isEmpty || !audiences.isDisjoint(with: participation.audiences)
            || participation.holds(Set(Grant.allCases).subtracting([.participant]), in: room)
    }
}
