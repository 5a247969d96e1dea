import NIOCore

/// The address of a connection's other end, as text.
enum PeerAddress {
    private static let mappedPrefix = "::ffff:"

    /// An IPv4 address that comes mapped into IPv6 (RFC 4291 §2.5.5.2), as it does where the server listens on `::`, is told as the
    /// IPv4 address that it is.
    static func text(_ address: SocketAddress?) -> String? {
        guard let text = address?.ipAddress else { return nil }
        return text.hasPrefix(mappedPrefix) && text.contains(".") ? String(text.dropFirst(mappedPrefix.count)) : text
    }
}
