import Foundation
import Testing
import Yams

@testable import WebServer

@Suite struct APIReferenceTests {
    private let text: String
    private let reference: APIReference

    init() throws {
        text = try OpenAPIDocument(ResourceFolder.bundled).text
        reference = try APIReference(reading: text)
    }

    @Test func `every operation of the description stands in one group`() throws {
        let document = try #require(try Yams.load(yaml: text) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        let methods: Set = ["get", "post", "put", "patch", "delete"]
        let described = paths.flatMap { path, item in item.keys.filter(methods.contains).map { "\($0.uppercased()) \(path)" } }
        let read = reference.groups.flatMap(\.operations).map { "\($0.method) \($0.path)" }
        #expect(described.count > 40)
        #expect(read.sorted() == described.sorted())
        #expect(reference.groups.allSatisfy { !$0.operations.isEmpty })
    }

    @Test func `an operation has its parameters, the members of its body, and what it answers`() throws {
        let removal = try #require(reference.groups.flatMap(\.operations).first { $0.id == "removeParticipant" })
        #expect(removal.method == "POST" && removal.path == "/sessions/{session}/removals" && !removal.isOpen)
        let asked = removal.members.map { "\($0.name) \($0.place) \($0.isRequired)" }
        #expect(Set(asked).isSuperset(of: ["session path true", "participant body true", "reason body true"]))
        #expect(removal.members.first { $0.name == "participant" }?.type.object == "ParticipantID")
        #expect(removal.answers.contains { $0.status == "403" && $0.type == nil || $0.type?.object == "Problem" })
        #expect(removal.answers.allSatisfy { !$0.text.isEmpty })
    }

    @Test func `whatever is named is described on the page`() {
        let objects = Set(reference.objects.map(\.name))
        let members = reference.groups.flatMap(\.operations).flatMap(\.members) + reference.objects.flatMap(\.members)
        let answers = reference.groups.flatMap(\.operations).flatMap(\.answers)
        let named = members.compactMap(\.type.object) + answers.compactMap { $0.type?.object }
        #expect(named.count > 100)
        #expect(Set(named).subtracting(objects) == [])
    }
}
