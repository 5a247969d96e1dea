package import Letters
import Mustache
import Registration

/// Writes letters from the catalogues, as text and as HTML of the same sentences.
package struct LetterPress: LetterWriter {
    private let templates: MustacheLibrary
    private let catalogues: [Language: Phrases]
    private let address: String

    /// - Parameters:
    ///   - resources: as for `WebResponder`.
    ///   - address: what people type to come to this server, for the links.
    /// - Throws: `ResourceError` where the folder is not whole.
    package init(resources: String?, address: String) throws {
        let folder = resources.map(ResourceFolder.init(path:)) ?? .bundled
        templates = try PageRenderer.templates(in: folder)
        catalogues = try PageRenderer.catalogues(in: folder)
        self.address = address
    }

    package func write(_ content: LetterContent, in language: String) -> LetterText {
        let language = Language(rawValue: language) ?? .english
        let phrases = catalogues[language] ?? Phrases(language: language, sentences: [:])
        switch content {
        case .signInLink(let secret, let name, let next):
            let way = next.map { "&next=\(PageFrame.encoded($0))" } ?? ""
            return text("sign-in", to: name, link: "\(address)/sign-in?link=\(secret.text)\(way)", phrases)
        }
    }

    /// - Parameter key: of the sentences, which stand in the catalogue below `letter.`.
    private func text(_ key: String, to name: String, link: String, _ phrases: Phrases) -> LetterText {
        let (greeting, lead) = (phrases("letter.greeting", ["name": name]), phrases("letter.\(key).lead"))
        let notes = [phrases("letter.\(key).bounds"), phrases("letter.\(key).stranger")]
        let subject = phrases("letter.\(key).subject")
        let fields: Fields = [
            "lang": .text(phrases.language.rawValue), "dir": .text(phrases.language.direction), "subject": .text(subject),
            "greeting": .text(greeting), "lead": .text(lead), "link": .text(link),
            "button": .text(phrases("letter.\(key).button")), "copy": .text(phrases("letter.copy")),
            "notes": .list(notes.map { .text($0) }), "sender": .text(address),
        ]
        return LetterText(
            subject: subject, plain: ([greeting, lead, link] + notes + [address]).joined(separator: "\n\n"),
            html: templates.render(fields, withTemplate: "letter") ?? "", language: phrases.language.rawValue)
    }
}
