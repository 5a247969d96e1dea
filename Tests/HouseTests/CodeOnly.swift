/// `text` with its comments and the insides of its string literals blanked, line for line.
///
/// As much of Swift's lexical structure as the house uses: line comments, nested block comments, string literals of one and of
/// several lines, raw ones with one `#`, escapes. An interpolation counts as a part of its string.
func withoutCommentsAndStrings(_ text: String) -> String {
    var scanner = CodeScanner(rest: Substring(text))
    scanner.scan()
    return scanner.code
}

private struct CodeScanner {
    var rest: Substring
    var code = ""

    mutating func scan() {
        while !rest.isEmpty {
            let plain = rest.prefix { !Self.special.contains($0) }
            code += plain
            rest = rest[plain.endIndex...]
            scanSpecial()
        }
    }

    /// Takes a comment or a string literal away, or one character that might have begun one.
    private mutating func scanSpecial() {
        if rest.hasPrefix("//") {
            skip { $0.hasPrefix("\n") }
        } else if rest.hasPrefix("/*") {
            skipBlockComment()
        } else if let opening = Self.openings.first(where: rest.hasPrefix) {
            skipString(opening)
        } else if let character = rest.popFirst() {
            code.append(character)
        }
    }

    private static let special: Set<Character> = ["/", "\"", "#"]
    private static let openings = ["#\"\"\"", "\"\"\"", "#\"", "\""]

    /// Takes characters away until `isEnd` or the end of the text; keeps the line breaks.
    private mutating func skip(until isEnd: (Substring) -> Bool) {
        while !rest.isEmpty, !isEnd(rest) { drop() }
    }

    private mutating func drop() {
        if rest.removeFirst() == "\n" { code.append("\n") }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if rest.hasPrefix("/*") { depth += 1 } else if rest.hasPrefix("*/") { depth -= 1 }
            if rest.hasPrefix("/*") || rest.hasPrefix("*/") { rest.removeFirst() }
            drop()
        } while depth > 0 && !rest.isEmpty
    }

    private mutating func skipString(_ opening: String) {
        let closing = String(opening.reversed())
        let isRaw = opening.hasPrefix("#")
        rest.removeFirst(opening.count)
        while !rest.isEmpty, !rest.hasPrefix(closing) {
            if !isRaw, rest.hasPrefix("\\"), rest.count > 1 { rest.removeFirst() }
            drop()
        }
        rest.removeFirst(min(closing.count, rest.count))
        code.append("\"\"")
    }
}
