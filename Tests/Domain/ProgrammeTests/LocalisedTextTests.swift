import FoundationEssentials
import Programme
import Testing

@Suite struct LocalisedTextTests {
    @Test(
        arguments: [
            (["fr", "en"], "Ouverture", "fr"), (["de", "fr"], "Ouverture", "fr"), (["de"], "Opening", "en"),
            ([], "Opening", "en"),
            (["ar"], "الافتتاح", "ar"), (["es"], "Opening", "en"),
        ] as [([String], String, String)])
    func `the reader's first language that has a text wins, then English`(
        languages: [String], text: String, language: String
    ) throws {
        let title = try #require(
            LocalisedText(["en": "Opening", "fr": "Ouverture", "ar": "الافتتاح", "es": ""]))
        #expect(title.text(in: languages) == (text, language))
    }

    @Test func `without English any language will do, always the same one`() throws {
        let title = try #require(LocalisedText(["pt": "Abertura", "fr": "Ouverture"]))
        #expect(title.text(in: ["de"]) == ("Ouverture", "fr"))
    }

    @Test func `a text in no language is none`() {
        #expect(LocalisedText([:]) == nil)
        #expect(LocalisedText(["en": "", "fr": ""]) == nil)
    }

    @Test func `it is written as one JSON object, and an empty one is refused`() throws {
        let title = LocalisedText("Ouverture", language: "fr")
        let data = try JSONEncoder().encode(title)
        #expect(String(decoding: data, as: UTF8.self) == #"{"fr":"Ouverture"}"#)
        #expect(try JSONDecoder().decode(LocalisedText.self, from: data) == title)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(LocalisedText.self, from: Data("{}".utf8)) }
    }
}
