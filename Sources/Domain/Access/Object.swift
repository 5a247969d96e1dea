package import Identifiers
package import Time

/// What is asked for.
package enum Object: Hashable, Sendable {
    case conference(ConferenceID)
    case room(RoomID, ConferenceID)
    case session(SessionInView)
    case recording(RecordingInView)

    package var conference: ConferenceID {
        switch self {
        case .conference(let conference), .room(_, let conference): conference
        case .session(let session): session.conference
        case .recording(let recording): recording.conference
        }
    }

    var room: RoomID? {
        switch self {
        case .conference: nil
        case .room(let room, _): room
        case .session(let session): session.room
        case .recording(let recording): recording.room
        }
    }
}

/// As much of a session as access depends on.
package struct SessionInView: Hashable, Sendable {
    package let id: SessionID
    package let conference: ConferenceID
    package let room: RoomID
    /// For whom it is; empty where it is for everybody.
    package let audiences: Set<Audience>
    /// Whether participants of other audiences may watch it.
    package let letsOthersWatch: Bool
    /// When the doors open by the programme, or by a moderator.
    package let doorsOpenAt: UTCInstant
    package let hasEnded: Bool
    package let areDoorsOpen: Bool
    /// Whom a moderator keeps out of it.
    package let excluded: [ParticipantID: Exclusion]
    /// What keeps out those who were not let in yet; nil where nothing does.
    package let obstacle: WaitingReason?
    /// Who was let in.
    package let admitted: Set<ParticipantID>
    /// Whether it is over and there is something of it to see.
    package let canBeSeenAgain: Bool

    package init(
        id: SessionID, conference: ConferenceID, room: RoomID, audiences: Set<Audience> = [], letsOthersWatch: Bool = true,
        doorsOpenAt: UTCInstant, areDoorsOpen: Bool, hasEnded: Bool, excluded: [ParticipantID: Exclusion],
        obstacle: WaitingReason? = nil, admitted: Set<ParticipantID> = [], canBeSeenAgain: Bool = false
    ) {
        self.id = id
        self.conference = conference
        self.room = room
        self.audiences = audiences
        self.letsOthersWatch = letsOthersWatch
        self.doorsOpenAt = doorsOpenAt
        self.areDoorsOpen = areDoorsOpen
        self.hasEnded = hasEnded
        self.excluded = excluded
        self.obstacle = obstacle
        self.admitted = admitted
        self.canBeSeenAgain = canBeSeenAgain
    }
}

/// As much of a recording as access depends on.
package struct RecordingInView: Hashable, Sendable {
    package let id: RecordingID
    package let conference: ConferenceID
    package let room: RoomID
    package let isReady: Bool

    package init(id: RecordingID, conference: ConferenceID, room: RoomID, isReady: Bool) {
        self.id = id
        self.conference = conference
        self.room = room
        self.isReady = isReady
    }
}
