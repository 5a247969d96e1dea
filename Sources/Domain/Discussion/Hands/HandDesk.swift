package import Events
package import Identifiers
package import Programme
package import Registration
import ServiceLifecycle
import Synchronization
import Time

/// The raised hands of the sessions: participants raise and lower their own while it is switched on; moderators call on them, and
/// lower one or all.
///
/// They are kept in memory with the presence of who raised them, and any thread may ask for them. As a service it lowers the hands of those who have gone.
package final class HandDesk: Service {
    /// Whose presence has been missing for so long has left the room for good. Presence itself outlasts the last word of somebody by 15 s, so that
    /// the hand comes down a minute after it.
    static let grace: Duration = .seconds(45)
    /// How often it looks for them.
    private static let pause: Duration = .seconds(5)

    private let forums: ForumDesk
    private let isPresent: @Sendable (ParticipantID, SessionID) -> Bool
    private let lines = Mutex<[SessionID: HandLine]>([:])

    /// - Parameter isPresent: whether somebody is in a session; answers without waiting.
    init(forums: ForumDesk, isPresent: @escaping @Sendable (ParticipantID, SessionID) -> Bool) {
        self.forums = forums
        self.isPresent = isPresent
    }

    /// The line, the first to raise it first.
    package func hands(in session: SessionID) -> [Hand] {
        lines.withLock { $0[session]?.hands ?? [] }
    }

    package func hand(of participant: ParticipantID, in session: SessionID) -> Hand? {
        lines.withLock { $0[session]?[participant] }
    }

    /// Puts a participant at the end of the line; who stands in it already keeps their place.
    ///
    /// - Throws: a `DiscussionError` where it is not taken.
    package func raise(in session: Session, by participant: Participant) async throws -> Hand {
        if let hand = hand(of: participant.id, in: session.id) { return hand }
        guard isPresent(participant.id, session.id) else {
            throw DiscussionError(.absent, "Only who is in the session raises a hand.")
        }
        guard hands(in: session.id).count < Hand.most else {
            throw DiscussionError(.full, "There are \(Hand.most) hands up already.")
        }
        let now = try await forums.permit(.raise, by: participant.id, in: session.id)
        let raised = Hand(participant: participant.id, name: participant.name, organisation: participant.organisation, at: now)
        let (hand, isNew) = lines.withLock { lines in
            if let hand = lines[session.id]?[participant.id] { return (hand, false) }
            lines[session.id, default: HandLine(place: Place(session))].raise(raised)
            return (raised, true)
        }
        if isNew { try await tell(.handRaised, of: participant.id, in: Place(session), facts: hand.facts) }
        return hand
    }

    /// Takes a hand down, also after they were switched off.
    package func lower(_ participant: ParticipantID, in session: SessionID) async throws {
        let (place, lowered) = lines.withLock { ($0[session]?.place, $0[session]?.lower(participant)) }
        guard let place, lowered != nil else { return }
        try await tell(.handLowered, of: participant, in: place)
    }

    /// The event with the hand that it names; nil where that is no longer up.
    func told(_ event: Event) -> Event? {
        guard let named = Facts.NamedHand(event.data), let session = event.session,
            let hand = hand(of: named.participant, in: session), hand.facts == event.data
        else { return nil }
        return event.telling(hand.words)
    }
}

// MARK: - What moderators do

extension HandDesk {
    /// Tells somebody, and the moderators, that it is their turn. Nothing happens where that is so already.
    ///
    /// - Throws: `.untimely` where the hand is not up.
    package func call(_ participant: ParticipantID, in session: Session, by actor: AuditActor) async throws {
        guard let hand = hand(of: participant, in: session.id) else {
            throw DiscussionError(.untimely, "This hand is not up.")
        }
        guard !hand.isCalled else { return }
        try await record(.handCalled, participant, in: Place(session), by: actor)
        lines.withLock { $0[session.id]?.call(participant) }
        try await tell(.handCalled, of: participant, in: Place(session))
    }

    package func lower(_ participant: ParticipantID, in session: Session, by actor: AuditActor) async throws {
        guard hand(of: participant, in: session.id) != nil else { return }
        try await record(.handLowered, participant, in: Place(session), by: actor)
        try await lower(participant, in: session.id)
    }

    /// Takes all hands of a session down.
    package func clear(_ session: Session, by actor: AuditActor) async throws {
        try await forums.clear(.hands, in: session, by: actor, count: hands(in: session.id).count) {
            lines.withLock { $0[session.id] = nil }
        }
    }
}

// MARK: - Those who have gone

extension HandDesk {
    /// Until the server stops.
    package func run() async {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Self.pause)) != nil { await self.lowerAbsent() }
        }
    }

    /// Lowers the hands of all who have been gone for the grace. A hand whose lowering cannot be stored is down nevertheless: whoever asks sees it so.
    func lowerAbsent() async {
        let now = forums.now
        let absent = lines.withLock { lines in
            lines.keys.flatMap { session in
                lines[session]?.absent(for: Self.grace, now: now) { isPresent($0, session) }
                    .map { (session, $0) } ?? []
            }
        }
        for (session, participant) in absent { try? await lower(participant, in: session) }
    }

    private func tell(_ kind: EventKind, of participant: ParticipantID, in place: Place, facts: String? = nil) async throws {
        let facts = facts ?? Facts.text(Facts.Whose(participant: participant))
        try await forums.tell(kind, in: place, to: .moderatorsAnd(participant), facts: facts)
    }

    private func record(
        _ kind: AuditKind, _ participant: ParticipantID, in place: Place, by actor: AuditActor
    ) async throws {
        try await forums.record(kind, in: place, by: actor, objects: [participant.description])
    }
}
