/// One line that somebody typed: data that is kept as it was meant, shown by whoever knows how, and never obeyed.
///
/// White space of any kind and length, line breaks too, is one space; there is none at the ends. Control characters and
/// code points that are no characters are refused, and so is a line on which nothing can be seen. Marks of direction stay: the
/// scripts that are written from right to left need them, and whoever shows a line isolates it.
package struct PlainLine: Hashable, Sendable {
    /// What a line may have. Both are counted, since neither follows from the other: a letter has 1 to 4 bytes.
    package struct Limit: Hashable, Sendable {
        package let codePoints: Int
        /// Of UTF-8.
        package let bytes: Int

        package init(codePoints: Int, bytes: Int) {
            self.codePoints = codePoints
            self.bytes = bytes
        }
    }

    package let text: String

    /// - Throws: `.text`, with what is wrong with it.
    package init(_ typed: String, limit: Limit) throws(DiscussionError) {
        let words = typed.unicodeScalars.split(whereSeparator: \.properties.isWhitespace)
        text = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
        guard text.utf8.count <= limit.bytes, text.unicodeScalars.count <= limit.codePoints else {
            throw DiscussionError(.text, "A text of at most \(limit.codePoints) characters and \(limit.bytes) bytes is taken.")
        }
        guard text.unicodeScalars.allSatisfy(\.isWritten) else {
            throw DiscussionError(.text, "The text has control characters in it.")
        }
        guard text.unicodeScalars.contains(where: \.isVisible) else { throw DiscussionError(.text, "The text is empty.") }
    }
}

extension Unicode.Scalar {
    fileprivate var isWritten: Bool {
        properties.generalCategory != .control && !properties.isNoncharacterCodePoint
    }

    fileprivate var isVisible: Bool {
        !properties.isWhitespace && !properties.isDefaultIgnorableCodePoint && properties.generalCategory != .format
    }
}
