package import Access
package import Events
package import Identifiers
package import Registration
package import Time

/// One line of a conference's ledger of removals: whom a moderator keeps out, of what and why, and who has readmitted them (M-5).
///
/// It stands until a moderator readmits the participant. The line is never taken out of the ledger.
package struct Removal: Hashable, Sendable {
    /// Rises by one in its conference, from 1.
    package let number: Int
    package let conference: ConferenceID
    /// The session from which they were removed, whatever they are kept out of since.
    package let session: SessionID
    package let participant: ParticipantID
    package let name: String
    package let organisation: String
    package let capacity: Capacity
    package let extent: RemovalExtent
    package let reason: String
    package let actor: AuditActor
    /// Nil where the register knows none.
    package let actorName: String?
    package let instant: UTCInstant
    /// Nil while it stands.
    package let readmission: Readmission?

    package init(
        number: Int, conference: ConferenceID, session: SessionID, participant: ParticipantID, name: String,
        organisation: String, capacity: Capacity, extent: RemovalExtent, reason: String, actor: AuditActor, actorName: String?,
        instant: UTCInstant, readmission: Readmission? = nil
    ) {
        self.number = number
        self.conference = conference
        self.session = session
        self.participant = participant
        self.name = name
        self.organisation = organisation
        self.capacity = capacity
        self.extent = extent
        self.reason = reason
        self.actor = actor
        self.actorName = actorName
        self.instant = instant
        self.readmission = readmission
    }

    var exclusion: Exclusion { Exclusion(from: extent, reason: reason) }
}

/// Who lets a removed participant come in again, and when.
package struct Readmission: Hashable, Sendable {
    package let actor: AuditActor
    /// Nil where the register knows none.
    package let actorName: String?
    package let instant: UTCInstant

    package init(actor: AuditActor, actorName: String? = nil, instant: UTCInstant) {
        self.actor = actor
        self.actorName = actorName
        self.instant = instant
    }
}

/// A removal about to be written in the ledger.
package struct RemovalDraft: Hashable, Sendable {
    package let session: SessionID
    package let participant: ParticipantID
    package let extent: RemovalExtent
    package let reason: String
    package let actor: AuditActor
    package let instant: UTCInstant

    package init(
        session: SessionID, participant: ParticipantID, extent: RemovalExtent, reason: String, actor: AuditActor,
        instant: UTCInstant
    ) {
        self.session = session
        self.participant = participant
        self.extent = extent
        self.reason = reason
        self.actor = actor
        self.instant = instant
    }
}

/// Which lines of a ledger are wanted.
package struct RemovalSearch: Sendable {
    package let conference: ConferenceID
    /// Only those that nobody has lifted.
    package var areStanding = false
    /// Go on behind the line of this number.
    package var after: Int?
    package var limit: Int

    package init(in conference: ConferenceID, limit: Int) {
        self.conference = conference
        self.limit = limit
    }
}
