import HTTPTypes

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

    /// What `X-Forwarded-…` says counts only when it comes from a proxy that the operator has named (ASVS 4.1.3): anybody
    /// else could claim anything with it.
    init(_ head: HTTPRequest, peer: String?, overTLS: Bool, trustedProxies: Set<String>) {
        let fields = head.headerFields
        let isForwarded = peer.map(trustedProxies.contains) ?? false
        let proto = isForwarded ? fields[.forwardedProto].flatMap(Self.last).flatMap(Scheme.init(rawValue:)) : nil
        let host = isForwarded ? fields[.forwardedHost].flatMap(Self.last) : nil
        let address = isForwarded ? fields[.forwardedFor].flatMap(Self.last) : nil
        scheme = proto ?? (overTLS ? .https : .http)
        authority = String((host ?? head.authority ?? "").lowercased().prefix(Self.maximumLength))
        client = String((address ?? peer ?? "unknown").prefix(Self.maximumLength))
    }

    /// The last of a list is the one that the trusted proxy itself has written.
    private static func last(_ list: String) -> String? {
        list.split(separator: ",").last.map { item in
            String(item.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }).lowercased()
        }
    }
}
