import FoundationEssentials
import Programme

/// A column that holds JSON text.
struct JSONColumn<Content: Codable & Sendable>: Storable {
    let content: Content

    init(_ content: Content) {
        self.content = content
    }

    /// A value that JSON cannot hold (a number that is none) becomes NULL, which the schema refuses.
    var stored: StoredValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(content) else { return .null }
        return .text(String(decoding: data, as: UTF8.self))
    }

    init?(stored: StoredValue) {
        guard case .text(let text) = stored,
            let content = try? JSONDecoder().decode(Content.self, from: Data(text.utf8))
        else { return nil }
        self.content = content
    }
}

extension Record {
    func json<Content: Codable & Sendable>(
        _ column: String, as type: Content.Type = Content.self
    ) throws(StoreError) -> Content {
        try value(column, as: JSONColumn<Content>.self).content
    }

    func optionalJSON<Content: Codable & Sendable>(
        _ column: String, as type: Content.Type = Content.self
    ) throws(StoreError) -> Content? {
        try optional(column, as: JSONColumn<Content>.self)?.content
    }
}

/// A text in several languages is one JSON object.
extension LocalisedText: Storable {
    var stored: StoredValue { JSONColumn(self).stored }

    init?(stored: StoredValue) {
        guard let column = JSONColumn<LocalisedText>(stored: stored) else { return nil }
        self = column.content
    }
}
