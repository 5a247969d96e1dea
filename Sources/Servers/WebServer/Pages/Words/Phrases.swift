import Mustache

/// The catalogue of one language: flat keys such as `programme.title`, and the sentences that they stand for.
///
/// A sentence holds its arguments as `{name}`. One that depends on a number stands under its key and the number's plural form:
/// `people.present.one`, `people.present.other`.
struct Phrases: Sendable {
    let language: Language
    let sentences: [String: String]

    /// The sentence of a key with its arguments in place; the key itself where the catalogue lacks it, so that a page is never
    /// without words.
    func callAsFunction(_ key: String, _ arguments: [String: String] = [:]) -> String {
        arguments.reduce(sentences[key] ?? key) { sentence, argument in
            sentence.replacing("{\(argument.key)}", with: argument.value)
        }
    }

    /// The sentence for a number, which it holds as `{count}`.
    func callAsFunction(_ key: String, count: Int, written: String) -> String {
        self("\(key).\(language.pluralForm(of: count))", ["count": written])
    }

    /// The sentence of a key, where there is one.
    func known(_ key: String) -> String? { sentences[key] }

    /// The part of the catalogue that the modules of a page need.
    func beginning(with prefixes: [String]) -> [String: String] {
        sentences.filter { sentence in prefixes.contains { sentence.key.hasPrefix($0) } }
    }
}

/// The catalogue as templates read it: `{{t.programme.title}}` climbs from point to point.
struct PhraseBook: MustacheParent, CustomStringConvertible {
    let phrases: Phrases
    private let prefix: String

    init(_ phrases: Phrases, prefix: String = "") {
        self.phrases = phrases
        self.prefix = prefix
    }

    func child(named name: String) -> Any? {
        let key = prefix + name
        return phrases.known(key) ?? PhraseBook(phrases, prefix: key + ".")
    }

    /// What a page shows for a key that the catalogue lacks.
    var description: String { String(prefix.dropLast()) }
}
