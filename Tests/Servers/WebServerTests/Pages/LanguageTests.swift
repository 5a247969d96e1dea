import Testing

@testable import WebServer

@Suite struct LanguageTests {
    @Test(arguments: [
        ("fr-CH, fr;q=0.9, en;q=0.8", Language.french), ("de, en;q=0.5, fr;q=0.7", .french), ("EN-gb", .english),
        ("fr;q=0, en;q=0.1", .english), ("de, ar", .english), ("", .english), (";;;,,q=", .english), ("fr;q=nonsense", .english),
        ("en;q=0.5, fr;q=0.5", .english),
    ])
    func `the best of our languages that the browser asks for is taken`(header: String, language: Language) {
        #expect(Language.choose(chosen: nil, acceptLanguage: header) == language)
    }

    @Test func `what the reader chose comes before what the browser asks for`() {
        #expect(Language.choose(chosen: "fr", acceptLanguage: "en") == .french)
        #expect(Language.choose(chosen: "tlh", acceptLanguage: "fr") == .french)
        #expect(Language.choose(chosen: nil, acceptLanguage: nil) == .english)
    }

    @Test func `a header of a thousand ranges costs no more than its first ones`() {
        let header = String(repeating: "de,", count: 1000) + "fr"
        #expect(Language.choose(chosen: nil, acceptLanguage: header) == .english)
    }
}
