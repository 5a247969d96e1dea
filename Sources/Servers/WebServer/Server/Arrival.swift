import HTTPTypes
import PlainHTTP

/// How a request came in: by which scheme, to which host, from which address.
struct Arrival: Hashable, Sendable {
    enum Scheme: String, Sendable {
        case http
        case https
    }

    let scheme: Scheme
    /// Host and port as the client wrote them, in lower case; empty where it wrote none.
    let authority: String
    /// The client's address, for the operator's log.
    let client: String

    var isSecure: Bool { scheme == .https }

    /// As a browser writes it in `Origin` (RFC 6454 §6.2).
    var origin: String { "\(scheme.rawValue)://\(authority)" }

    /// Longest authority or address that is looked at, in bytes.
    static let maximumLength = 255

    /// What a request says of how it came to a proxy.
    private struct Forwarding {
        let proto: String?
        let host: String?
        let address: String?
    }

    init(_ head: HTTPRequest, peer: String?, overTLS: Bool, trustedProxies: Set<String>) {
        let fields = head.headerFields
        self.init(peer: peer, authority: head.authority, overTLS: overTLS, trustedProxies: trustedProxies) {
            Forwarding(proto: fields[.forwardedProto], host: fields[.forwardedHost], address: fields[.forwardedFor])
        }
    }

    /// As the other, but for the authority.
    init(_ request: PlainRequest, peer: String?, overTLS: Bool, trustedProxies: Set<String>) {
        self.init(peer: peer, authority: nil, overTLS: overTLS, trustedProxies: trustedProxies) {
            Forwarding(
                proto: request[.forwardedProto], host: request[.forwardedHost], address: request[.forwardedFor])
        }
    }

    /// What `X-Forwarded-…` says counts only when it comes from a proxy that the operator has named (ASVS 4.1.3): anybody
    /// else could claim anything with it.
    private init(
        peer: String?, authority: String?, overTLS: Bool, trustedProxies: Set<String>, forwarding: () -> Forwarding
    ) {
        let forwarded = peer.map(trustedProxies.contains) == true ? forwarding() : nil
        scheme = forwarded?.proto.flatMap(Self.last).flatMap(Scheme.init(rawValue:)) ?? (overTLS ? .https : .http)
        self.authority = Self.bounded((forwarded?.host.flatMap(Self.last) ?? authority ?? "").lowercased())
        client = Self.bounded(forwarded?.address.flatMap(Self.last) ?? peer ?? "unknown")
    }

    private static func bounded(_ text: String) -> String {
        text.utf8.count <= maximumLength ? text : String(text.prefix(maximumLength))
    }

    /// The last of a list is the one that the trusted proxy itself has written.
    private static func last(_ list: String) -> String? {
        list.split(separator: ",").last.map { item in
            String(item.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }).lowercased()
        }
    }
}
