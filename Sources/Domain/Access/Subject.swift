package import Identifiers

/// Who asks.
package enum Subject: Hashable, Sendable {
    /// Nobody in particular: no sign-in, no token.
    case anonymous
    case person(PersonID, [Participation])
    case token(TokenID, ConferenceID, Set<Scope>)

    /// The participation in a conference, where the subject has one.
    package func participation(in conference: ConferenceID) -> Participation? {
        guard case .person(_, let participations) = self else { return nil }
        return participations.first { $0.conference == conference }
    }
}

/// A person in one conference, with what they may do there.
package struct Participation: Hashable, Sendable {
    package let participant: ParticipantID
    package let conference: ConferenceID
    package let grants: [GrantInPlace]
    /// To which they belong.
    package let audiences: Set<Audience>

    package init(
        participant: ParticipantID, conference: ConferenceID, grants: [GrantInPlace], audiences: Set<Audience> = []
    ) {
        self.participant = participant
        self.conference = conference
        self.grants = grants
        self.audiences = audiences
    }

    /// Whether any of `wanted` is held in `room`, or in the whole conference.
    package func holds(_ wanted: Set<Grant>, in room: RoomID?) -> Bool {
        grants.contains { wanted.contains($0.grant) && ($0.room == nil || $0.room == room) }
    }
}

package struct GrantInPlace: Hashable, Sendable {
    package let grant: Grant
    /// Nil in the whole conference.
    package let room: RoomID?

    package init(_ grant: Grant, in room: RoomID? = nil) {
        self.grant = grant
        self.room = room
    }
}
