import Foundation

/// A language that the pages speak: one catalogue each.
enum Language: String, CaseIterable, Hashable, Sendable {
    case english = "en"
    case french = "fr"

    /// Its name in itself, as the language links show it.
    var ownName: String {
        switch self {
        case .english: "English"
        case .french: "Français"
        }
    }

    /// `ltr` or `rtl`, for the `dir` attribute.
    var direction: String {
        Locale.Language(identifier: rawValue).characterDirection == .rightToLeft ? "rtl" : "ltr"
    }

    /// Where dates and numbers get their form. English is written as the Union writes it: day before month, 24 hours.
    var locale: Locale {
        switch self {
        case .english: Locale(identifier: "en_GB")
        case .french: Locale(identifier: "fr_FR")
        }
    }

    /// The plural form of a whole number, by the name that CLDR gives it.
    func pluralForm(of count: Int) -> String {
        switch self {
        case .english: count == 1 ? "one" : "other"
        case .french: count == 0 || count == 1 ? "one" : "other"
        }
    }
}

extension Language {
    /// What the reader chose, or else what the browser asks for, or else English.
    static func choose(chosen: String?, acceptLanguage: String?) -> Language {
        if let chosen, let language = Language(rawValue: chosen) { return language }
        return acceptLanguage.flatMap(preferred(in:)) ?? .english
    }

    /// More ranges than this in one header are not looked at.
    private static let maximumRanges = 32

    /// The best of our languages in an `Accept-Language` header (RFC 9110 §12.5.4); nil where it names none of them.
    private static func preferred(in header: String) -> Language? {
        let ranges = header.split(separator: ",", maxSplits: maximumRanges).prefix(maximumRanges)
        let wishes = ranges.compactMap(wish(in:)).filter { $0.weight > 0 }
        return wishes.enumerated().max { ($0.element.weight, -$0.offset) < ($1.element.weight, -$1.offset) }?.element.language
    }

    private static func wish(in range: Substring) -> (language: Language, weight: Double)? {
        let fields = range.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let tag = fields.first, let primary = tag.split(separator: "-").first,
            let language = Language(rawValue: primary.lowercased())
        else { return nil }
        let weight = fields.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
        return (language, weight ?? 1)
    }
}
