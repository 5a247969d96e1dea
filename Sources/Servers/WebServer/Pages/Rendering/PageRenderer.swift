import Foundation
import Mustache
import NIOCore

/// Makes complete HTML of a page's plain values. Templates and catalogues are read once.
struct PageRenderer: Sendable {
    let assets: AssetLibrary
    private let templates: MustacheLibrary
    private let catalogues: [Language: Phrases]

    /// - Parameter compress: gzip (RFC 1952) for the assets; nil where it fails.
    init(_ resources: ResourceFolder, compress: (ByteBuffer) -> ByteBuffer?) throws(ResourceError) {
        assets = try AssetLibrary(resources, compress: compress)
        templates = try Self.templates(in: resources)
        catalogues = try Self.catalogues(in: resources)
    }

    func render(_ page: some Page, in frame: PageFrame) -> String {
        let words = wording(frame.language, zone: frame.conference?.zone ?? .gmt)
        var fields = frame.fields(title: page.title(in: words), in: words)
        fields.merge(page.fields(in: words)) { _, own in own }
        fields.merge(surroundings(of: page, words)) { _, fixed in fixed }
        let model: [String: Any] = ["t": PhraseBook(words.phrases)].merging(fields) { phrases, _ in phrases }
        return templates.render(model, withTemplate: type(of: page).template) ?? ""
    }

    func wording(_ language: Language, zone: TimeZone) -> Wording {
        Wording(phrases: catalogues[language] ?? Phrases(language: language, sentences: [:]), zone: zone)
    }

    /// What the renderer alone knows: where the assets are, and what the page's modules say.
    private func surroundings<P: Page>(of page: P, _ words: Wording) -> Fields {
        [
            "assets": .text(assets.base), "playerLibrary": .text(assets.playerLibrary),
            "spoken": .text(Self.json(words.phrases.beginning(with: P.spokenByModules + ["local."]))),
        ]
    }

    /// JSON that may stand in a `script` element: no `<` in it.
    private static func json(_ sentences: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(sentences)) ?? Data("{}".utf8)
        return String(decoding: data, as: UTF8.self).replacing("<", with: "\\u003c")
    }
}

extension PageRenderer {
    static func templates(in resources: ResourceFolder) throws(ResourceError) -> MustacheLibrary {
        var library = MustacheLibrary()
        for file in resources.files(in: "templates") where file.hasSuffix(".mustache") {
            let text = try resources.text(of: "templates/\(file)")
            do {
                try library.register(text.trimmingSuffix(while: \.isNewline), named: String(file.dropLast(".mustache".count)))
            } catch {
                throw ResourceError(.malformed, "\(resources.path)/templates/\(file) is not a template", cause: error)
            }
        }
        return library
    }

    static func catalogues(in resources: ResourceFolder) throws(ResourceError) -> [Language: Phrases] {
        var catalogues: [Language: Phrases] = [:]
        for language in Language.allCases {
            let file = "catalogues/\(language.rawValue).json"
            let data = try resources.bytes(of: file)
            do {
                let sentences = try JSONDecoder().decode([String: String].self, from: data)
                catalogues[language] = Phrases(language: language, sentences: sentences)
            } catch {
                throw ResourceError(.malformed, "\(resources.path)/\(file) is not a flat JSON object of strings", cause: error)
            }
        }
        return catalogues
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        var rest = self[...]
        while let last = rest.last, condition(last) { rest.removeLast() }
        return String(rest)
    }
}
