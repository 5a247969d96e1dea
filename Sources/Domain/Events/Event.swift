package import Identifiers
package import Time

/// Something that happened, stored in order before it is told to those who may see it.
package struct Event: Hashable, Sendable {
    /// Rises by one in its conference, from 1: the id of server-sent events.
    package let sequence: Int64
    package let conference: ConferenceID
    /// The session that it concerns, where it concerns one.
    package let session: SessionID?
    package let instant: UTCInstant
    /// For example `session.opened`; the catalogue stands in `EventKind`.
    package let kind: EventKind
    package let visibility: EventVisibility
    /// The facts as a JSON object.
    package private(set) var data: String

    package init(
        sequence: Int64, conference: ConferenceID, session: SessionID?, instant: UTCInstant, kind: EventKind,
        visibility: EventVisibility, data: String
    ) {
        self.sequence = sequence
        self.conference = conference
        self.session = session
        self.instant = instant
        self.kind = kind
        self.visibility = visibility
        self.data = data
    }

    /// The same with other facts, where those that are told are not those that are kept.
    package func telling(_ data: String) -> Event {
        var event = self
        event.data = data
        return event
    }
}

package enum EventKind: String, CaseIterable, Codable, Hashable, Sendable {
    case sessionOpened = "session.opened"
    case sessionLive = "session.live"
    case sessionClosed = "session.closed"
    case feedStarted = "feed.started"
    case feedInterrupted = "feed.interrupted"
    case feedResumed = "feed.resumed"
    case feedEnded = "feed.ended"
    case entranceChanged = "entrance.changed"
    case participantAdmitted = "participant.admitted"
    case participantRemoved = "participant.removed"
    /// From all sessions of the conference.
    case participantBanned = "participant.banned"
    case participantReadmitted = "participant.readmitted"
    case recordingStarted = "recording.started"
    case recordingPaused = "recording.paused"
    case recordingResumed = "recording.resumed"
    case recordingAlarm = "recording.alarm"
    case recordingSound = "recording.sound"
    case recordingFinishing = "recording.finishing"
    case recordingReady = "recording.ready"
    case recordingFailed = "recording.failed"
    case recordingDeleted = "recording.deleted"
    case recordingVerified = "recording.verified"
    /// Verification found that something is not as it was written.
    case recordingFaulty = "recording.faulty"
    case markSet = "mark.set"
    case markRemoved = "mark.removed"
    case announcementMade = "announcement.made"
    case announcementWithdrawn = "announcement.withdrawn"
    case chatOpened = "chat.opened"
    case chatClosed = "chat.closed"
    case chatPosted = "chat.posted"
    case chatHidden = "chat.hidden"
    case chatShown = "chat.shown"
    case chatDeleted = "chat.deleted"
    case chatCleared = "chat.cleared"
    case questionsOpened = "questions.opened"
    case questionsClosed = "questions.closed"
    case questionAsked = "question.asked"
    case questionApproved = "question.approved"
    case questionAnswered = "question.answered"
    case questionDismissed = "question.dismissed"
    case questionHidden = "question.hidden"
    case questionDeleted = "question.deleted"
    case questionsCleared = "questions.cleared"
    case handsOpened = "hands.opened"
    case handsClosed = "hands.closed"
    case handRaised = "hand.raised"
    case handLowered = "hand.lowered"
    case handCalled = "hand.called"
    case handsCleared = "hands.cleared"
    case pollsOpened = "polls.opened"
    case pollsClosed = "polls.closed"
    case pollDrafted = "poll.drafted"
    case pollOpened = "poll.opened"
    case pollClosed = "poll.closed"
    case pollPublished = "poll.published"
    case pollDeleted = "poll.deleted"
    case pollsCleared = "polls.cleared"

    /// Those that a log of the session tells: not what people say in it.
    package static let logged = allCases.filter { ![.chatPosted, .questionAsked, .handRaised, .handLowered].contains($0) }
}

/// Who may be told.
package enum EventVisibility: Hashable, Sendable {
    case everyone
    case participants
    /// Who takes part in the session now, and its moderators; in the session's own stream.
    case session
    case moderators
    /// Moderators, and the participant concerned.
    case moderatorsAnd(ParticipantID)
}

/// What is about to be told: an event without its place in the sequence.
package struct EventDraft: Hashable, Sendable {
    package let conference: ConferenceID
    package let session: SessionID?
    package let kind: EventKind
    package let visibility: EventVisibility
    package let data: String

    package init(
        _ kind: EventKind, conference: ConferenceID, session: SessionID?, visibility: EventVisibility, data: String
    ) {
        self.conference = conference
        self.session = session
        self.kind = kind
        self.visibility = visibility
        self.data = data
    }
}

/// What the domain needs kept of what happened.
package protocol EventRepository: Sendable {
    /// Stores the event with the next number of its conference.
    func append(_ draft: EventDraft, at instant: UTCInstant) async throws -> Event
    /// At most `limit` events after `sequence`, in order.
    func events(in conference: ConferenceID, after sequence: Int64, limit: Int) async throws -> [Event]
    func lastSequence(in conference: ConferenceID) async throws -> Int64
    /// The last events of these kinds in a session, at most `limit`, the latest first.
    func latestEvents(
        in session: SessionID, of conference: ConferenceID, kinds: [EventKind], limit: Int
    ) async throws -> [Event]
}
