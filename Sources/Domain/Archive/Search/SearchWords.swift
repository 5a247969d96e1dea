import Foundation

/// How a text is taken apart to be found again: words of letters and digits, without case, accents and presentation forms, so that
/// `Éléctions` is found by `elect`.
///
/// The database keeps a row for each word rather than an index of its own kind: those of SQLite and PostgreSQL differ in what they
/// take for a word, and in how they are asked.
package enum SearchWords {
    /// Scalars of a word; what is longer is known by its beginning.
    static let longestWord = 40
    /// Different words of one text; more are not kept.
    static let mostWords = 2000
    /// Words that are searched for at one time.
    static let mostAsked = 8

    /// The different words of texts.
    package static func of(_ texts: [String]) -> Set<String> {
        var words: Set<String> = []
        for text in texts {
            for word in split(text) where words.count < mostWords { words.insert(word) }
        }
        return words
    }

    /// What somebody asks for, word by word; each is the beginning of a word wanted.
    package static func asked(_ text: String) -> [String] {
        Array(split(text).prefix(mostAsked))
    }

    private static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        func close() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark: continue
            // Chinese and Japanese put no space between words: each ideograph is one.
            case .otherLetter where scalar.properties.isIdeographic:
                close()
                words.append(String(scalar))
            case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .spacingMark, .decimalNumber:
                if word.unicodeScalars.count < longestWord { word.unicodeScalars.append(scalar) }
            default: close()
            }
        }
        close()
        return words
    }
}
