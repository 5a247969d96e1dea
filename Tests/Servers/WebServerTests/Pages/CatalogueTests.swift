import Events
import Foundation
import Testing

@testable import WebServer

@Suite struct CatalogueTests {
    private static let resources = ResourceFolder.bundled

    private static func catalogue(_ language: Language) throws -> [String: String] {
        let data = try resources.bytes(of: "catalogues/\(language.rawValue).json")
        return try JSONDecoder().decode([String: String].self, from: data)
    }

    @Test(arguments: Language.allCases)
    func `every catalogue has the keys of the English one`(language: Language) throws {
        let english = Set(try Self.catalogue(.english).keys)
        let other = Set(try Self.catalogue(language).keys)
        #expect(english.subtracting(other).sorted() == [], "\(language) lacks these")
        #expect(other.subtracting(english).sorted() == [], "only \(language) has these")
    }

    @Test(arguments: Language.allCases)
    func `every sentence takes the same arguments in every language`(language: Language) throws {
        let english = try Self.catalogue(.english)
        for (key, sentence) in try Self.catalogue(language) {
            #expect(Self.arguments(of: sentence) == Self.arguments(of: english[key] ?? ""), "\(key)")
        }
    }

    @Test(arguments: Language.allCases)
    func `no sentence is empty and no key is also the beginning of another`(language: Language) throws {
        let catalogue = try Self.catalogue(language)
        for (key, sentence) in catalogue {
            #expect(!sentence.isEmpty, "\(key)")
            #expect(!catalogue.keys.contains { $0.hasPrefix(key + ".") }, "\(key)")
        }
    }

    @Test func `every key that a template reads stands in the catalogue`() throws {
        let english = try Self.catalogue(.english)
        for file in Self.resources.files(in: "templates") {
            let template = try Self.resources.text(of: "templates/\(file)")
            for match in template.matches(of: /\{\{t\.([a-z0-9.-]+)\}\}/) {
                #expect(english[String(match.1)] != nil, "\(file) reads \(match.1)")
            }
        }
    }

    @Test func `every key that a module speaks stands in the catalogue`() throws {
        let english = try Self.catalogue(.english)
        for file in Self.resources.files(in: "modules") {
            let module = try Self.resources.text(of: "modules/\(file)")
            for match in module.matches(of: /phrase\('([a-z.-]+)'/) {
                #expect(english[String(match.1)] != nil, "\(file) speaks \(match.1)")
            }
            for match in module.matches(of: /counted\('([a-z.-]+)'/) {
                #expect(english["\(match.1).other"] != nil, "\(file) counts \(match.1)")
            }
        }
    }

    @Test(arguments: EventKind.allCases)
    func `the pages hear of every kind of event, and the log has words for what it shows`(kind: EventKind) throws {
        let module = try Self.resources.text(of: "modules/events.js")
        let fleeting = try #require(module.firstMatch(of: /const fleeting = \[(.*)\]/)).1
        #expect(module.contains("'\(kind.rawValue)'"))
        let words = try Self.catalogue(.english)["log.\(kind.rawValue)"]
        #expect((words == nil) == fleeting.contains("'\(kind.rawValue)'"))
    }

    @Test func `the list of events for those who write programs has every kind, and no other`() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../../docs/events.md").standardized
        let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
        let named = rows.flatMap { row in row.split(separator: "|")[0].matches(of: /`([\w.]+)`/) }
        #expect(named.map { String($0.1) }.sorted() == EventKind.allCases.map(\.rawValue).sorted())
    }

    private static func arguments(of sentence: String) -> Set<String> {
        Set(sentence.matches(of: /\{(\w+)\}/).map { String($0.1) })
    }
}
