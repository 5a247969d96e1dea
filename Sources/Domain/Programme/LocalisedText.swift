/// One text in several languages, keyed by BCP 47 tag: `["en": "Opening", "fr": "Ouverture"]`. Never empty.
package struct LocalisedText: Hashable, Codable, Sendable {
    package let texts: [String: String]

    /// Nil where no language has a text.
    package init?(_ texts: [String: String]) {
        guard texts.contains(where: { !$0.value.isEmpty }) else { return nil }
        self.texts = texts
    }

    /// The same in every language.
    package init(_ text: String, language: String = "en") {
        texts = [language: text]
    }

    /// The text in the first of `languages` that it exists in, else in English, else in any; with the language it is in.
    package func text(in languages: [String]) -> (text: String, language: String) {
        for language in languages + ["en"] {
            if let text = texts[language], !text.isEmpty { return (text, language) }
        }
        return texts.filter { !$0.value.isEmpty }.min { $0.key < $1.key }.map { ($0.value, $0.key) } ?? ("", "en")
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let text = LocalisedText(try container.decode([String: String].self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no language has a text")
        }
        self = text
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(texts)
    }
}
