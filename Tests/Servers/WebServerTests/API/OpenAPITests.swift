import Access
import Foundation
import HTTPTypes
import Hummingbird
import Testing
import Yams

@testable import WebServer

/// The description of the API, held against the router in both directions.
@Suite struct OpenAPITests {
    private typealias Object = [String: Any]

    private func document() throws -> Object {
        let text = try ResourceFolder.bundled.text(of: OpenAPIDocument.file)
        return try #require(try Yams.load(yaml: text) as? Object)
    }

    /// `get /conferences/{conference}`, for every operation.
    private func operations() throws -> [String: Object] {
        let paths = try #require(try document()["paths"] as? [String: Object])
        let methods = ["get", "put", "post", "delete", "patch", "head"]
        return paths.reduce(into: [:]) { operations, path in
            for method in methods { operations["\(method) \(path.key)"] = path.value[method] as? Object }
        }
    }

    @Test func `every call that the router takes is described and every described one is taken`() async throws {
        let conference = try await TestConference()
        let renderer = try PageRenderer(.bundled) { _ in nil }
        let router = WebResponder.router(conference.hub, renderer, try OpenAPIDocument(.bundled), WebCounts())
        let base = "/api/v1"
        let routes = router.routes.filter { $0.path.description.hasPrefix(base + "/") }.map { route in
            "\(route.method.rawValue.lowercased()) \(route.path.description.dropFirst(base.count))"
        }
        #expect(Set(routes) == Set(try operations().keys))
    }

    @Test func `every operation has a name of its own and says what may go wrong`() throws {
        let operations = try operations()
        let names = operations.values.compactMap { $0["operationId"] as? String }
        #expect(names.count == operations.count)
        #expect(Set(names).count == names.count)
        for (operation, description) in operations {
            let answers = try #require(description["responses"] as? Object)
            #expect(answers["default"] != nil, "\(operation)")
        }
    }

    @Test func `everything that makes something takes an idempotency key`() throws {
        for (operation, description) in try operations() where operation.hasPrefix("post ") {
            let parameters = (description["parameters"] as? [Object] ?? []).compactMap { $0["$ref"] as? String }
            let takesKey = parameters.contains("#/components/parameters/idempotencyKey")
            #expect(takesKey == !operation.hasSuffix("/admission"), "\(operation)")
        }
    }

    @Test func `every scope is described`() throws {
        let schemas = (try document()["components"] as? Object)?["schemas"] as? [String: Object]
        #expect(schemas?["Scope"]?["enum"] as? [String] == Scope.allCases.map(\.rawValue))
    }

    @Test func `the document is served`() async throws {
        let answer = try await TestConference().ask(.get, "/api/v1/openapi.yaml")
        #expect(answer.status == .ok)
        #expect(answer.text.hasPrefix("openapi: 3.1.1"))
    }
}
