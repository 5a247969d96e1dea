import Access
import Archive
import Events
import Identifiers
import Programme
import Rooms
import Time

/// The one way by which handlers ask whether something is allowed. What is decided stands in `Access`.
extension Hub {
    /// - Throws: the refusal, which is told as a problem or a page.
    /// - Returns: who is written down as having done it; nil for what anybody may.
    @discardableResult
    func permit(_ identity: Identity, _ action: Action, on object: Object) throws(Refusal) -> AuditActor? {
        if case .refuse(let refusal) = decide(identity.subject, action, on: object, now: clock.now()) { throw refusal }
        return identity.actor(in: object.conference)
    }

    /// As `permit`, for acts that are written down.
    func actor(_ identity: Identity, _ action: Action, on object: Object) throws(Refusal) -> AuditActor {
        guard let actor = try permit(identity, action, on: object) else { throw .signInNeeded }
        return actor
    }

    func allows(_ identity: Identity, _ action: Action, on object: Object) -> Bool {
        decide(identity.subject, action, on: object, now: clock.now()) == .allow
    }

    func object(_ session: Rooms.SessionState) -> Object {
        rooms.view(of: session.session.id).map(Object.session)
            ?? .room(session.session.room, session.session.conference)
    }
}

extension Object {
    init(_ room: Room) { self = .room(room.id, room.conference) }

    init(_ recording: ArchivedRecording) {
        self = .recording(
            RecordingInView(
                id: recording.id, conference: recording.conference, room: recording.room, isReady: recording.state == .ready))
    }
}

extension Identity {
    fileprivate func actor(in conference: ConferenceID) -> AuditActor? {
        switch self {
        case .anonymous: nil
        case .person: subject.participation(in: conference).map { .participant($0.participant) }
        case .token(let id, _, _, _): .token(id)
        }
    }
}
