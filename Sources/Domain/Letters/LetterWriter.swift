package import Registration

/// Finds the words of letters.
package protocol LetterWriter: Sendable {
    /// - Parameter language: where there is no catalogue for it, another is chosen.
    func write(_ content: LetterContent, in language: String) -> LetterText
}

/// What a letter says, true at the moment when it goes.
package enum LetterContent: Sendable {
    /// - Parameter next: the page to go on to.
    case signInLink(Secret, name: String, next: String?)
}

/// A letter in words: a text, and the same as HTML.
package struct LetterText: Hashable, Sendable {
    package let subject: String
    package let plain: String
    package let html: String
    /// In which it came to be written.
    package let language: String

    package init(subject: String, plain: String, html: String, language: String) {
        self.subject = subject
        self.plain = plain
        self.html = html
        self.language = language
    }
}
