import Mustache

/// What a template reads by name. An object's keys are all present: a name that is lacking would be looked for further out.
enum TemplateValue: Hashable, Sendable {
    case text(String)
    /// Whether a section is shown; `false` also stands for what is absent.
    case flag(Bool)
    case list([TemplateValue])
    case object(Fields)
}

typealias Fields = [String: TemplateValue]

extension TemplateValue {
    static func text(_ value: String?) -> TemplateValue {
        value.map { .text($0) } ?? .flag(false)
    }

    static func object(_ fields: Fields?) -> TemplateValue {
        fields.map { .object($0) } ?? .flag(false)
    }

    static func list(of objects: [Fields]) -> TemplateValue {
        .list(objects.map { .object($0) })
    }

    static func number(_ value: some FixedWidthInteger) -> TemplateValue {
        .text(String(value))
    }
}

extension TemplateValue: MustacheCustomRepresentation {
    var representation: Any? {
        switch self {
        case .text(let text): text.withMarkupStandingAlone
        case .flag(let flag): flag
        case .list(let values): values
        case .object(let fields): fields
        }
    }
}

extension String {
    /// The text with every `<`, `>`, `&`, `"` and `'` a character of its own.
    ///
    /// The template engine escapes by characters: a quotation mark with a combining accent is another character to it, would
    /// go out as it is and end an attribute. A zero-width space parts the two.
    var withMarkupStandingAlone: String {
        guard contains(where: \.hidesMarkup) else { return self }
        return map { $0.hidesMarkup ? $0.unicodeScalars.map(String.init).joined(separator: "\u{200B}") : String($0) }.joined()
    }
}

extension Character {
    fileprivate var hidesMarkup: Bool {
        let scalars = unicodeScalars
        return scalars.count > 1 && scalars.contains { ["<", ">", "&", "\"", "'"].contains($0) }
    }
}
