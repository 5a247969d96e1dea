import Foundation
import HTTPTypes
import NIOCore
import Packaging
import Programme
import Registration
import Testing

@testable import Rooms
@testable import WebServer

/// Requests that are answered on the event loop, as a client on a socket sees them. Such an answer carries no request id.
@Suite struct ExpressTests {
    private func pass(_ conference: TestConference) async throws -> String {
        let admission = try await conference.hub.rooms.admit(conference.member, to: conference.live.id)
        return "\(CookieName.pass(to: conference.live.id, secure: false))=\(admission.token)"
    }

    private func showing(_ pass: String) -> String { "Cookie: \(pass)\r\n" }

    private func request(_ path: String, _ more: String = "", method: String = "GET") -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: hub.example\r\n\(more)\r\n"
    }

    /// A conference with three segments on air, and a client with a pass.
    private func serve(
        _ configuration: HTTPService.Configuration = .init(),
        _ body: @escaping @Sendable (TestConference, RawClient, _ pass: String) async throws -> Void
    ) async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let pass = try await pass(conference)
        try await conference.serve(configuration) { port in
            let client = try await RawClient(port: port)
            try await body(conference, client, pass)
            try await client.close()
        }
    }

    @Test(arguments: ["index.m3u8", "picture/index.m3u8", "picture/index.m3u8?_HLS_msn=1", "picture/0.1.m4s", "picture/1.m4s"])
    func `an answer is the router's own, but for the request's id`(name: String) async throws {
        try await serve { conference, client, pass in
            try await client.send(request("\(conference.media)/\(name)", showing(pass) + "Accept-Encoding: gzip\r\n"))
            let routed = try await conference.ask(
                .get, "\(conference.media)/\(name)", [.cookie: pass, .acceptEncoding: "gzip"])
            try await eventually { client.bytes.count > 200 && client.bytes.count == client.lengthOfAnswer }
            #expect(client.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            let head = client.text.components(separatedBy: "\r\n\r\n")[0]
            let fields = Set(head.components(separatedBy: "\r\n").dropFirst().map { $0.lowercased() })
            let expected = routed.headers.filter { ![.requestID, .date].contains($0.name) }
                .map { "\($0.name.canonicalName): \($0.value.lowercased())" }
            #expect(fields.filter { !$0.hasPrefix("date: ") } == Set(expected))
            #expect(fields.contains("date: wed, 16 jun 2021 12:00:00 gmt"))
            #expect(client.bytes.suffix(routed.body.readableBytes) == ArraySlice(routed.body.readableBytesView))
        }
    }

    @Test func `HEAD tells the length and sends nothing`() async throws {
        try await serve { conference, client, pass in
            try await client.send(request("\(conference.media)/picture/0.0.m4s", showing(pass), method: "HEAD"))
            try await client.send(request("/healthz"))
            try await eventually { client.text.hasSuffix("ok\n") }
            #expect(client.text.contains("Content-Length: 8\r\n"))
            #expect(!client.text.contains("part 0.0"))
        }
    }

    @Test func `a pass in the address does as well`() async throws {
        try await serve { conference, client, pass in
            let token = pass.split(separator: "=")[1]
            try await client.send(request("/~\(token)\(conference.media)/picture/0.0.m4s"))
            try await eventually { client.text.hasSuffix("part 0.0") }
            #expect(!client.text.contains("x-request-id"))
        }
    }

    @Test func `answers keep the order of their requests, whoever gives them`() async throws {
        try await serve { conference, client, pass in
            let part = { (name: String) in request("\(conference.media)/picture/\(name).m4s", showing(pass)) }
            try await client.send(part("0.0") + request("/healthz") + part("0.1") + part("0.2") + request("/healthz"))
            try await eventually { client.text.components(separatedBy: "ok\n").count == 3 }
            let bodies = client.text.matches(of: /\r\n\r\n(part 0\.\d|ok\n)/).map { String($0.1) }
            #expect(bodies == ["part 0.0", "ok\n", "part 0.1", "part 0.2", "ok\n"])
        }
    }

    @Test func `what comes behind a request that waits is answered after it`() async throws {
        try await serve { conference, client, pass in
            let part = { (name: String) in request("\(conference.media)/picture/\(name).m4s", showing(pass)) }
            try await client.send(part("3.0") + part("0.0"))
            try await eventually { conference.output.waiting == 1 }
            try await client.send(request("/healthz"))
            conference.broadcast(segments: 3..<4)
            try await eventually { client.text.hasSuffix("ok\n") }
            let bodies = client.text.matches(of: /\r\n\r\n(part \d\.\d|ok\n)/).map { String($0.1) }
            #expect(bodies == ["part 3.0", "part 0.0", "ok\n"])
        }
    }

    @Test func `a request in a body is none`() async throws {
        try await serve { conference, client, pass in
            let hidden = request("\(conference.media)/picture/0.0.m4s", showing(pass))
            try await client.send(request("/nothing", "Content-Length: \(hidden.utf8.count)\r\n", method: "POST") + hidden)
            try await client.send(request("/healthz"))
            try await eventually { client.text.hasSuffix("ok\n") }
            #expect(!client.text.contains("part 0.0"))
        }
    }

    @Test func `who is removed gets nothing more, nor what they wait for`() async throws {
        try await serve { conference, client, pass in
            try await client.send(request("\(conference.media)/picture/0.0.m4s", showing(pass)))
            try await eventually { client.text.hasSuffix("part 0.0") }
            try await client.send(request("\(conference.media)/picture/3.0.m4s", showing(pass)))
            try await eventually { conference.output.waiting == 1 }
            try await conference.removeMember()
            conference.broadcast(segments: 3..<4)
            try await eventually { client.text.contains("HTTP/1.1 403") }
            try await client.send(request("\(conference.media)/picture/0.1.m4s", showing(pass)))
            try await eventually { client.text.components(separatedBy: "HTTP/1.1 403").count == 3 }
            #expect(!client.text.contains("part 3.0") && !client.text.contains("part 0.1"))
        }
    }

    @Test func `who goes away while waiting waits no more`() async throws {
        try await serve { conference, client, pass in
            try await client.send(request("\(conference.media)/picture/3.0.m4s", showing(pass)))
            try await eventually { conference.output.waiting == 1 }
            try await client.close()
            try await eventually { conference.output.waiting == 0 }
        }
    }

    @Test func `who asks on and takes nothing is let go`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.writePatience = .milliseconds(200)
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3, bytesInPart: 200_000)
        let pass = try await pass(conference)
        try await conference.serve(configuration) { port in
            let client = try await RawClient(port: port)
            try await client.stopReading()
            let one = request("\(conference.media)/picture/0.0.m4s", showing(pass))
            try? await client.send(String(repeating: one, count: 200))
        }
    }

    @Test func `a connection that is silent after its answers is closed`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.idleTimeout = .seconds(5)
        try await serve(configuration) { conference, client, pass in
            try await client.send(request("\(conference.media)/picture/0.0.m4s", showing(pass)))
            try await eventually { client.text.hasSuffix("part 0.0") }
            try await eventually { client.isClosed }
        }
    }

    @Test func `a body that does not come is not waited for`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.bodyPatience = .milliseconds(100)
        try await serve(configuration) { _, client, _ in
            try await client.send(request("/sign-in", "Content-Length: 100\r\n", method: "POST") + "link=")
            try await eventually { client.isClosed }
        }
    }

    @Test func `API-7 the page of an allowed origin may read, and no other`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.allowedOrigins = ["https://player.example"]
        try await serve(configuration) { conference, client, pass in
            let path = "\(conference.media)/picture/0.0.m4s"
            try await client.send(request(path, showing(pass) + "Origin: https://player.example\r\n"))
            try await eventually { client.text.hasSuffix("part 0.0") }
            #expect(client.text.contains("Access-Control-Allow-Origin: https://player.example\r\n"))
            #expect(client.text.contains("Vary: Origin\r\n"))
            let before = client.text.count
            try await client.send(request(path, showing(pass) + "Origin: https://other.example\r\n"))
            try await eventually { client.text.dropFirst(before).hasSuffix("part 0.0") }
            #expect(!client.text.dropFirst(before).contains("Access-Control-Allow-Origin"))
        }
    }
}
