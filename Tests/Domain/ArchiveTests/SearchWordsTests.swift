import Testing

@testable import Archive

@Suite struct SearchWordsTests {
    @Test(arguments: [
        ("Éléctions à Zürich", ["elections", "a", "zurich"]),
        ("e-Parliament, 2021!", ["e", "parliament", "2021"]),
        ("ﬁnance ①", ["finance", "1"]),
        ("مَجْلِس النواب", ["مجلس", "النواب"]),
        ("国会 図書館", ["国", "会", "図", "書", "館"]),
        ("%_' OR 1=1", ["or", "1", "1"]),
        ("  ", []),
    ])
    func `a text is taken apart into words without case and accents`(text: String, words: [String]) {
        #expect(SearchWords.asked(text) == words)
    }

    @Test func `words and questions are bounded`() {
        #expect(SearchWords.asked(String(repeating: "a", count: 100_000)).first?.count == SearchWords.longestWord)
        #expect(SearchWords.asked("1 2 3 4 5 6 7 8 9 10").count == SearchWords.mostAsked)
        #expect(SearchWords.of((0..<5000).map { "w\($0)" }).count == SearchWords.mostWords)
    }
}
