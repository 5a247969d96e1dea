import Archive
import Identifiers
import Packaging
import Programme
import Registration
import Testing

@testable import Rooms
@testable import WebServer

/// What only a socket shows.
@Suite struct SocketTests {
    private func pass(_ conference: TestConference) async throws -> String {
        let admission = try await conference.hub.rooms.admit(conference.member, to: conference.live.id)
        return "Cookie: \(CookieName.pass(to: conference.live.id, secure: false))=\(admission.token)\r\n"
    }

    private func get(_ path: String, _ more: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(more)\r\n"
    }

    @Test func `a part that is waited for comes over the connection that goes on`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let pass = try await pass(conference)
        try await conference.serve { port in
            let client = try await RawClient(port: port)
            try await client.send(get("\(conference.media)/picture/3.0.m4s", pass))
            try await eventually { conference.output.waiting == 1 }
            #expect(client.text.isEmpty)
            conference.broadcast(segments: 3..<4)
            try await eventually { client.text.hasSuffix("part 3.0") }
            try await client.send(get("/healthz"))
            try await eventually { client.text.hasSuffix("ok\n") }
            try await client.close()
        }
    }

    @Test func `a stopping server does not wait for parts that do not come`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let pass = try await pass(conference)
        let client = try await conference.serve { port in
            let client = try await RawClient(port: port)
            try await client.send(get("\(conference.media)/picture/3.0.m4s", pass))
            try await eventually { conference.output.waiting == 1 }
            return client
        }
        try await eventually { client.isClosed }
        #expect(client.text.hasPrefix("HTTP/1.1 503"))
    }

    @Test func `a connection that says nothing is closed`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.idleTimeout = .milliseconds(100)
        try await TestConference().serve(configuration) { port in
            let client = try await RawClient(port: port)
            try? await client.send("GET / HT")
            try await eventually { client.isClosed }
        }
    }

    @Test func `a client that takes nothing is let go`() async throws {
        let conference = try await TestConference()
        let recording = try await conference.archive([UInt8](repeating: 7, count: 16 << 20))
        let cookie = try await conference.signIn(conference.archivist)
        var configuration = HTTPService.Configuration()
        configuration.writePatience = .milliseconds(200)
        try await conference.serve(configuration) { port in
            let client = try await RawClient(port: port)
            try await client.stopReading()
            let path = "/api/v1/recordings/\(recording.id)/files/recording.mp4"
            try await client.send(get(path, "Cookie: signin=\(cookie.text)\r\n"))
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "x", count: 20_000))\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzzz",
    ])
    func `what is no request is refused and the server goes on`(bytes: String) async throws {
        try await TestConference().serve { port in
            let hostile = try await RawClient(port: port)
            try await hostile.send(bytes)
            try await eventually { hostile.isClosed || hostile.text.hasPrefix("HTTP/1.1 4") }
            try? await hostile.close()
            let client = try await RawClient(port: port)
            try await client.send(get("/healthz"))
            try await eventually { client.text.hasSuffix("ok\n") }
            try await client.close()
        }
    }
}
