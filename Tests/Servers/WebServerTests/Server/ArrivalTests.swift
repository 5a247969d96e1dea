import HTTPTypes
import Testing

@testable import WebServer

/// ASVS 4.1.3
@Suite struct ArrivalTests {
    private var head: HTTPRequest {
        HTTPRequest(
            method: .get, scheme: "http", authority: "hub.example:8080", path: "/",
            headerFields: [
                .forwardedProto: "https", .forwardedHost: "conference.example", .forwardedFor: "198.51.100.7, 203.0.113.9",
            ])
    }

    @Test func `a proxy that the operator has named is believed`() {
        let arrival = Arrival(head, peer: "127.0.0.1", overTLS: false, trustedProxies: ["127.0.0.1"])
        #expect(arrival.isSecure)
        #expect(arrival.origin == "https://conference.example")
        #expect(arrival.client == "203.0.113.9")
    }

    @Test(arguments: [nil, "192.0.2.1"] as [String?])
    func `nobody else is`(peer: String?) {
        let arrival = Arrival(head, peer: peer, overTLS: false, trustedProxies: ["127.0.0.1"])
        #expect(!arrival.isSecure)
        #expect(arrival.origin == "http://hub.example:8080")
        #expect(arrival.client == peer ?? "unknown")
    }
}
