import Foundation
import Time
import Yams

/// The kinds of value that a plan has.
extension PlanReader {
    /// One line of text, without what would hide or turn round what stands beside it.
    func line(_ place: PlanPlace) -> String? {
        text(place, longest: 300, isLine: true)
    }

    /// - Parameter longest: in Unicode scalars, so that a letter with a thousand accents is no short text.
    func text(_ place: PlanPlace, longest: Int, isLine: Bool) -> String? {
        guard case .scalar(let scalar) = place.node else { return fault("a text is wanted here", place) }
        let text = scalar.string.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { return fault("the text is empty", place) }
        guard text.unicodeScalars.count <= longest else { return fault("a text has at most \(longest) characters here", place) }
        if let odd = text.unicodeScalars.first(where: { $0.isUnfit(inLine: isLine) }) {
            return fault("the character U+\(String(odd.value, radix: 16, uppercase: true)) may not stand here", place)
        }
        return text
    }

    /// A word of addresses and of the plan's own references.
    func key(_ place: PlanPlace) -> String? {
        guard let text = line(place) else { return nil }
        guard 1...64 ~= text.utf8.count, text.utf8.allSatisfy(\.isOfKey) else {
            return fault("a key has 1 to 64 letters from a to z, digits, hyphens or underscores", place)
        }
        return text
    }

    /// A text in each of several languages; a bare text is English.
    func localised(_ place: PlanPlace, longest: Int = 300, isLine: Bool = true) -> LocalisedText? {
        guard case .mapping(let mapping) = place.node else {
            return text(place, longest: longest, isLine: isLine).map { LocalisedText($0) }
        }
        guard 1...LanguageTag.most ~= mapping.count else {
            return fault("a text in 1 to \(LanguageTag.most) languages is wanted here", place)
        }
        var texts: [String: String] = [:]
        for (name, node) in mapping {
            guard let tag = language(PlanPlace(node: name, field: place.field)) else { return nil }
            texts[tag] = text(PlanPlace(node: node, field: "\(place.field).\(tag)"), longest: longest, isLine: isLine)
        }
        return texts.count == mapping.count ? LocalisedText(texts) : nil
    }

    func language(_ place: PlanPlace) -> String? {
        guard let tag = line(place) else { return nil }
        return LanguageTag.isWellFormed(tag) ? tag : fault("a language is a tag such as “en”, “fr” or “pt-BR”", place)
    }

    /// One of the words of a closed list.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ place: PlanPlace) -> Word? {
        guard let text = line(place) else { return nil }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        return Word(rawValue: text) ?? fault("one of these is wanted here: \(words)", place)
    }

    func truth(_ place: PlanPlace) -> Bool? {
        switch line(place) {
        case "true", "yes": true
        case "false", "no": false
        case nil: nil
        default: fault("“true” or “false” is wanted here", place)
        }
    }

    func zone(_ place: PlanPlace) -> TimeZone? {
        guard let name = line(place) else { return nil }
        guard name == "UTC" || TimeZone.knownTimeZoneIdentifiers.contains(name), let zone = TimeZone(identifier: name) else {
            return fault("a time zone is a name such as “Europe/Zurich” or “UTC”", place)
        }
        return zone
    }

    func instant(_ place: PlanPlace, in zone: TimeZone) -> UTCInstant? {
        guard let text = line(place) else { return nil }
        let form = "a time is written as 2021-06-16 13:00 in the conference's zone, or as 2021-06-16T11:00:00Z"
        guard let instant = LocalTime(in: zone).instant(text) else { return fault(form, place) }
        guard Self.years.contains(instant) else { return fault("a conference is held between 2000 and 2100", place) }
        return instant
    }

    private static let years = UTCInstant(microseconds: 946_684_800_000_000)..<UTCInstant(microseconds: 4_102_444_800_000_000)

    private func fault<Value>(_ message: String, _ place: PlanPlace) -> Value? {
        note(message, at: place)
        return nil
    }
}

/// BCP 47 (RFC 5646), as far as programmes go: a language, then script, region or variant.
private enum LanguageTag {
    static let most = 24

    static func isWellFormed(_ tag: String) -> Bool {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 4, let language = parts.first else { return false }
        return 2...3 ~= language.utf8.count && language.utf8.allSatisfy { 97...122 ~= $0 }
            && parts.dropFirst().allSatisfy { 2...8 ~= $0.utf8.count && $0.utf8.allSatisfy(\.isAlphanumeric) }
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool { 48...57 ~= self || 65...90 ~= self || 97...122 ~= self }
    fileprivate var isOfKey: Bool { 48...57 ~= self || 97...122 ~= self || self == 45 || self == 95 }
}

extension Unicode.Scalar {
    /// Controls, what is no character, and the marks that turn the direction of what follows beyond their own text.
    fileprivate func isUnfit(inLine: Bool) -> Bool {
        switch properties.generalCategory {
        case .control: inLine || !["\n", "\t"].contains(self)
        case .lineSeparator, .paragraphSeparator: inLine
        case .unassigned, .privateUse, .surrogate: true
        default: 0x202A...0x202E ~= value || 0x2066...0x2069 ~= value
        }
    }

    var isNewline: Bool { properties.generalCategory == .control || properties.generalCategory == .lineSeparator }
}
