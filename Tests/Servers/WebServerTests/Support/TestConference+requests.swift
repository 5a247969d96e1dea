import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Registration

@testable import WebServer

/// What a test knows of an answer.
struct Answer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: ByteBuffer
}

extension TestConference {
    func responder(_ configuration: HTTPService.Configuration = .init()) throws -> WebResponder {
        try WebResponder(hub, configuration)
    }

    /// Asks the router, without a socket.
    func ask(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields = [:], body: String? = nil,
        _ configuration: HTTPService.Configuration = .init()
    ) async throws -> Answer {
        let application = Application(
            responder: try responder(configuration), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await application.test(.router) { client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
            ) { Answer(status: $0.status, headers: $0.headers, body: $0.body) }
        }
    }

    /// The headers of a request that a script with a token sends.
    static func bearing(_ token: Secret, _ more: HTTPFields = [:]) -> HTTPFields {
        var headers = more
        headers[.authorization] = "Bearer \(token.text)"
        return headers
    }

    /// The headers of a request that our own page's module makes for a signed-in person.
    static func writing(as cookie: Secret, _ more: HTTPFields = [:]) -> HTTPFields {
        var headers = reading(as: cookie, more)
        headers[.csrf] = CSRFToken(of: cookie).text
        headers[.secFetchSite] = "same-origin"
        headers[.contentType] = "application/json"
        return headers
    }

    static func reading(as cookie: Secret, _ more: HTTPFields = [:]) -> HTTPFields {
        var headers = more
        headers[.cookie] = "signin=\(cookie.text)"
        return headers
    }
}

extension Answer {
    var text: String { String(buffer: body) }

    /// The members of a JSON object.
    var json: [String: Any] {
        get throws { try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any] ?? [:] }
    }

    /// The last part of a problem's type; nil where the answer is no problem.
    var problem: String? {
        guard headers[.contentType] == "application/problem+json", let type = try? json["type"] as? String else { return nil }
        return type.split(separator: "/").last.map(String.init)
    }
}
