import HTTPTypes
import NIOCore
import Testing

@testable import WebServer

@Suite struct AddressLimitsTests {
    private func limits(connections: Int = 1, requests: Int = 1) -> AddressLimits {
        var configuration = AddressLimits.Configuration()
        configuration.connections = connections
        configuration.requests = requests
        return AddressLimits(configuration)
    }

    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test func `what was not asked in ten seconds may be asked at once, and then so many a second`() {
        let limits = limits(requests: 2)
        let ask = { (seconds: Int64, count: Int) in
            (0..<count).count { _ in limits.allow(.other, from: "192.0.2.1", now: start + .seconds(seconds)) }
        }
        #expect(ask(0, 50) == 20)
        #expect(ask(1, 50) == 2)
        #expect(ask(3, 50) == 4)
        #expect(ask(100, 50) == 20)
    }

    @Test func `one address does not count for another, nor media for other requests`() {
        let limits = limits()
        while limits.allow(.other, from: "192.0.2.1", now: start) {}
        #expect(limits.allow(.other, from: "192.0.2.2", now: start))
        #expect(limits.allow(.media, from: "192.0.2.1", now: start))
    }

    @Test func `a connection more than allowed is refused until one has gone`() {
        let limits = limits()
        #expect(limits.enter("192.0.2.1"))
        #expect(!limits.enter("192.0.2.1"))
        #expect(limits.enter("192.0.2.2"))
        limits.leave("192.0.2.1")
        #expect(limits.enter("192.0.2.1"))
    }

    @Test(arguments: [("2001:db8::1", "2001:db8:0:0:ffff::2"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("::1", "::2")])
    func `addresses of one IPv6 network are one`(one: String, other: String) {
        let limits = limits()
        #expect(limits.enter(one))
        #expect(!limits.enter(other))
        #expect(limits.enter("2001:db8:ffff::1"))
    }

    @Test func `too many requests are told so, and when to come again`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.limits.requests = 1
        try await TestConference().serve(configuration) { port in
            let client = try await RawClient(port: port)
            try await client.send(String(repeating: "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", count: 20))
            try await eventually { client.text.contains("HTTP/1.1 429 Too Many Requests") }
            #expect(client.text.lowercased().contains("retry-after: 1\r\n"))
            #expect(client.text.contains("too-many-requests"))
            try await client.close()
        }
    }

    @Test func `behind a trusted proxy the address that it tells counts`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.limits.requests = 1
        configuration.limits.connections = 1
        configuration.trustedProxies = ["127.0.0.1"]
        try await TestConference().serve(configuration) { port in
            let ask = { (address: String) in "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: \(address)\r\n\r\n" }
            let (one, other) = (try await RawClient(port: port), try await RawClient(port: port))
            try await one.send(String(repeating: ask("192.0.2.1"), count: 20))
            try await eventually { one.text.contains("HTTP/1.1 429") }
            try await other.send(ask("192.0.2.2"))
            try await eventually { other.text.hasSuffix("ok\n") }
            try await one.close()
            try await other.close()
        }
    }

    @Test func `a connection too many from one address is closed`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.limits.connections = 1
        try await TestConference().serve(configuration) { port in
            let first = try await RawClient(port: port)
            try await first.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            try await eventually { first.text.hasSuffix("ok\n") }
            let second = try await RawClient(port: port)
            try await eventually { second.isClosed }
            try await first.close()
        }
    }
}
