import FoundationEssentials

/// The facts of an event or an audit entry, as the JSON object that is stored and told. Each domain adds its own.
package enum Facts {
    package static func text(_ facts: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(facts) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}
