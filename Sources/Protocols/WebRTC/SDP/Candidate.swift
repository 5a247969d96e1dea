/// A place where this server can be reached (RFC 8445 §5.1, RFC 8839 §5.1): host candidates only.
package struct Candidate: Hashable, Sendable {
    package enum Transport: String, Hashable, Sendable {
        case udp
        /// It waits to be called (RFC 6544 §4.5).
        case passiveTCP = "tcp"
    }

    package let transport: Transport
    /// As text; a scope is left out.
    package let address: String
    package let port: UInt16
    /// Decides among candidates of one transport; the higher goes first.
    package let preference: UInt16

    package init(_ transport: Transport, address: String, port: UInt16, preference: UInt16) {
        self.transport = transport
        self.address = address
        self.port = port
        self.preference = preference
    }

    /// RFC 8445 §5.1.2.1 for component 1. A TCP candidate stands below every UDP one (RFC 6544 §4.2).
    var priority: UInt32 {
        let typePreference: UInt32 = transport == .udp ? 126 : 90
        return typePreference << 24 | UInt32(preference) << 8 | 255
    }

    var attribute: SDPAttribute {
        let foundation = "\(transport.rawValue)\(preference)"
        let kind = transport == .udp ? "" : " tcptype passive"
        return SDPAttribute(
            "candidate", "\(foundation) 1 \(transport.rawValue) \(priority) \(address) \(port) typ host\(kind)")
    }
}
