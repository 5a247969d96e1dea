import Testing

@testable import Discussion

@Suite struct PlainLineTests {
    private let limit = PlainLine.Limit(codePoints: 10, bytes: 24)

    @Test(arguments: [
        ("  two \t\r\n words ", "two words"), ("a\u{2028}b\u{2029}c", "a b c"), ("<b>&\"'", "<b>&\"'"),
        ("\u{202E}abc", "\u{202E}abc"),
        ("\u{1F3DB}\u{FE0F}", "\u{1F3DB}\u{FE0F}"), ("e\u{301}", "e\u{301}"), ("سلام", "سلام"),
    ])
    func `a line is what was typed, on one line`(typed: String, kept: String) throws {
        #expect(Array(try PlainLine(typed, limit: limit).text.unicodeScalars) == Array(kept.unicodeScalars))
    }

    @Test(arguments: [
        "", " \n ", "\u{200B}", "\u{2066}\u{2069}", "\u{AD}", "a\u{0}b", "a\u{1B}[31m", "a\u{7F}", "\u{9B}x", "\u{FFFF}",
        "\u{1FFFE}",
    ])
    func `what cannot be seen or is no character is refused`(typed: String) {
        #expect(throws: DiscussionError.self) { try PlainLine(typed, limit: limit) }
    }

    @Test func `code points and bytes are bounded each by itself`() throws {
        _ = try PlainLine(String(repeating: "x", count: 10), limit: limit)
        #expect(throws: DiscussionError.self) { try PlainLine(String(repeating: "x", count: 11), limit: limit) }
        _ = try PlainLine(String(repeating: "\u{1F600}", count: 6), limit: limit)
        #expect(throws: DiscussionError.self) { try PlainLine(String(repeating: "\u{1F600}", count: 7), limit: limit) }
        #expect(throws: DiscussionError.self) { try PlainLine("a" + String(repeating: "\u{301}", count: 10), limit: limit) }
    }
}
