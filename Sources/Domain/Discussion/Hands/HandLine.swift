import Identifiers
import Time

/// The hands that are up in one session, in the order in which they were raised.
struct HandLine {
    let place: Place
    private(set) var hands: [Hand] = []
    /// When each of them was last known to be in the session.
    private var lastSeen: [ParticipantID: UTCInstant] = [:]

    init(place: Place) {
        self.place = place
    }

    subscript(participant: ParticipantID) -> Hand? { hands.first { $0.participant == participant } }

    mutating func raise(_ hand: Hand) {
        hands.append(hand)
        lastSeen[hand.participant] = hand.at
    }

    mutating func call(_ participant: ParticipantID) {
        guard let place = hands.firstIndex(where: { $0.participant == participant }) else { return }
        hands[place].isCalled = true
    }

    /// Nil where it was not up.
    mutating func lower(_ participant: ParticipantID) -> Hand? {
        guard let place = hands.firstIndex(where: { $0.participant == participant }) else { return nil }
        lastSeen[participant] = nil
        return hands.remove(at: place)
    }

    /// Those of whom nothing has been known for `grace`; whoever is present is known of now.
    mutating func absent(for grace: Duration, now: UTCInstant, isPresent: (ParticipantID) -> Bool) -> [ParticipantID] {
        for hand in hands where isPresent(hand.participant) { lastSeen[hand.participant] = now }
        return hands.map(\.participant).filter { now.since(lastSeen[$0] ?? now) >= grace }
    }
}
