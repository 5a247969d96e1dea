import Events
import FoundationEssentials
import Identifiers
import Time

extension Hand {
    /// What the event of its raising holds.
    var facts: String { Facts.text(Facts.NamedHand(participant: participant, at: at)) }
    /// What that tells.
    var words: String { Facts.text(Facts.RaisedHand(self)) }
}

extension Facts {
    struct NamedHand: Codable {
        let participant: ParticipantID
        let at: UTCInstant
    }

    struct Whose: Encodable {
        let participant: ParticipantID
    }

    fileprivate struct RaisedHand: Encodable {
        let participant: ParticipantID
        let name: String
        let organisation: String
        let at: UTCInstant
        let isCalled: Bool

        init(_ hand: Hand) {
            (participant, name, organisation) = (hand.participant, hand.name, hand.organisation)
            (at, isCalled) = (hand.at, hand.isCalled)
        }
    }
}

extension Facts.NamedHand {
    init?(_ data: String) {
        guard let named = try? JSONDecoder().decode(Self.self, from: Data(data.utf8)) else { return nil }
        self = named
    }
}
