import Events
import FoundationEssentials
import Identifiers
import Time

/// The newest messages as they are told, so that a full house does not ask the table for each. By the facts that their events hold.
struct RecentWords {
    static let capacity = 500

    private var told: [String: String] = [:]
    /// The oldest first.
    private var order: [String] = []

    subscript(facts: String) -> String? { told[facts] }

    mutating func remember(_ message: ChatMessage) {
        let facts = Facts.text(Facts.Named(message: message.id))
        told[facts] = Facts.text(Facts.Message(message))
        order.append(facts)
        if order.count > Self.capacity { told[order.removeFirst()] = nil }
    }

    mutating func forget(_ message: ChatMessage) {
        told[Facts.text(Facts.Named(message: message.id))] = nil
    }
}

extension Facts {
    /// What an event of the chat holds.
    struct Named: Codable {
        let message: ChatMessageID
    }

    /// What it tells.
    struct Message: Encodable {
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

    struct Count: Encodable { let messages: Int }
}

extension Facts.Named {
    init?(_ data: String) {
        guard let named = try? JSONDecoder().decode(Self.self, from: Data(data.utf8)) else { return nil }
        self = named
    }
}
