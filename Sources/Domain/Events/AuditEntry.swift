package import Identifiers
package import Time

/// One act of a moderator, archivist, secretary or operator (M-7).
///
/// The chain covers sequence, instant, kind, actor, objects and a salted digest of the details. The details themselves (reason,
/// names) stand in a row of their own that may be erased; verification tells erased from altered.
package struct AuditEntry: Hashable, Sendable {
    /// Rises by one in its conference, from 1.
    package let sequence: Int64
    package let conference: ConferenceID
    package let instant: UTCInstant
    package let kind: AuditKind
    package let actor: AuditActor
    /// The ids of what was acted on.
    package let objects: [String]
    /// SHA-256 over salt and details, in hexadecimal.
    package let detailsDigest: String
    /// SHA-256 over the previous entry's chain value and this entry's fields, in hexadecimal.
    package let chain: String
    /// Nil once erased.
    package let details: AuditDetails?

    package init(
        sequence: Int64, conference: ConferenceID, instant: UTCInstant, kind: AuditKind, actor: AuditActor,
        objects: [String], detailsDigest: String, chain: String, details: AuditDetails?
    ) {
        self.sequence = sequence
        self.conference = conference
        self.instant = instant
        self.kind = kind
        self.actor = actor
        self.objects = objects
        self.detailsDigest = detailsDigest
        self.chain = chain
        self.details = details
    }
}

package struct AuditDetails: Hashable, Sendable {
    package let salt: String
    /// A JSON object.
    package let text: String

    package init(salt: String, text: String) {
        self.salt = salt
        self.text = text
    }
}

package enum AuditKind: String, CaseIterable, Codable, Hashable, Sendable {
    case programmePublished = "programme.publish"
    case sessionOpened = "session.open"
    case sessionClosed = "session.close"
    case entranceSet = "entrance.set"
    case participantAdmitted = "participant.admit"
    case participantRemoved = "participant.remove"
    case participantBanned = "participant.ban"
    case participantReadmitted = "participant.readmit"
    case attendanceExported = "attendance.export"
    case participantCreated = "participant.create"
    /// The object tells how many.
    case participantsImported = "participants.import"
    case participantRevoked = "participant.revoke"
    case tokenCreated = "token.create"
    case tokenRevoked = "token.revoke"
    case streamKeyCreated = "stream-key.create"
    case streamKeyRevoked = "stream-key.revoke"
    case recordingPaused = "recording.pause"
    case recordingResumed = "recording.resume"
    case recordingDownloaded = "recording.download"
    case recordingDeleted = "recording.delete"
    case recordingBudgetSet = "recording.budget"
    case recordingVerified = "recording.verify"
    case recordingFinished = "recording.finish"
    case clipOrdered = "clip.order"
    case clipRemoved = "clip.remove"
    case markSet = "mark.set"
    case markRemoved = "mark.remove"
    case announcementMade = "announcement.make"
    case announcementWithdrawn = "announcement.withdraw"
    case chatOpened = "chat.open"
    case chatClosed = "chat.close"
    case chatMessageHidden = "chat.hide"
    case chatMessageShown = "chat.show"
    case chatMessageDeleted = "chat.delete"
    case chatCleared = "chat.clear"
    case chatExported = "chat.export"
    case questionsOpened = "questions.open"
    case questionsClosed = "questions.close"
    case questionApproved = "question.approve"
    case questionAnswered = "question.answer"
    case questionDismissed = "question.dismiss"
    case questionHidden = "question.hide"
    case questionDeleted = "question.delete"
    case questionsCleared = "questions.clear"
    case questionsExported = "questions.export"
    case handsOpened = "hands.open"
    case handsClosed = "hands.close"
    case handCalled = "hand.call"
    case handLowered = "hand.lower"
    case handsCleared = "hands.clear"
    case handsExported = "hands.export"
    case pollsOpened = "polls.open"
    case pollsClosed = "polls.close"
    case pollDrafted = "poll.draft"
    case pollOpened = "poll.open"
    case pollClosed = "poll.close"
    case pollPublished = "poll.publish"
    case pollDeleted = "poll.delete"
    case pollsCleared = "polls.clear"
    case pollsExported = "polls.export"
}

package enum AuditActor: Hashable, Sendable {
    case participant(ParticipantID)
    case token(TokenID)
    /// Somebody with a shell on the server.
    case commandLine

    package var id: String {
        switch self {
        case .participant(let id): id.description
        case .token(let id): id.description
        case .commandLine: "command-line"
        }
    }

    /// Nil where `id` names nobody who acts.
    package init?(id: String) {
        if let participant = ParticipantID(id) {
            self = .participant(participant)
        } else if let token = TokenID(id) {
            self = .token(token)
        } else if id == Self.commandLine.id {
            self = .commandLine
        } else {
            return nil
        }
    }
}

/// An act about to be written down.
package struct AuditDraft: Hashable, Sendable {
    package let conference: ConferenceID
    package let kind: AuditKind
    package let actor: AuditActor
    package let objects: [String]
    /// A JSON object: reason, names.
    package let details: String

    package init(_ kind: AuditKind, conference: ConferenceID, actor: AuditActor, objects: [String], details: String = "{}") {
        self.conference = conference
        self.kind = kind
        self.actor = actor
        self.objects = objects
        self.details = details
    }
}

/// What the domain needs kept of who did what.
package protocol AuditRepository: Sendable {
    func append(_ draft: AuditDraft, at instant: UTCInstant) async throws
    /// At most `limit` entries after `sequence`, in order.
    func auditEntries(in conference: ConferenceID, after sequence: Int64, limit: Int) async throws -> [AuditEntry]
    /// The number given last, 0 where there is none: a log that ends before it has been cut.
    func lastAuditSequence(in conference: ConferenceID) async throws -> Int64
}
