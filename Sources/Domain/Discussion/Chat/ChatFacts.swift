import Events
import FoundationEssentials
import Identifiers
import Time

extension ChatMessage {
    var place: Place { Place(session: session, conference: conference) }
    /// What an event of it holds.
    var facts: String { Facts.text(Facts.NamedMessage(message: id)) }
    /// What that tells.
    var words: String { Facts.text(Facts.Message(self)) }
}

extension Facts {
    struct NamedMessage: Codable {
        let message: ChatMessageID
    }

    fileprivate struct Message: Encodable {
        let message: ChatMessageID
        let participant: ParticipantID
        let name: String
        let organisation: String
        let at: UTCInstant
        let text: String

        init(_ message: ChatMessage) {
            (self.message, participant, name) = (message.id, message.author, message.name)
            (organisation, at, text) = (message.organisation, message.at, message.text)
        }
    }
}

extension Facts.NamedMessage {
    init?(_ data: String) {
        guard let named = try? JSONDecoder().decode(Self.self, from: Data(data.utf8)) else { return nil }
        self = named
    }
}
