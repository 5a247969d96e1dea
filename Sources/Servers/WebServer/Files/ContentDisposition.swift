/// The header that names a download (RFC 6266).
enum ContentDisposition {
    /// `attachment` with the name twice: plain ASCII for old clients, and UTF-8 (RFC 8187) for the others.
    static func attachment(named name: String) -> String {
        "attachment; filename=\"\(plain(name))\"; filename*=UTF-8''\(encoded(name))"
    }

    private static func plain(_ name: String) -> String {
        String(name.map { isUnreserved($0.asciiValue) ? $0 : "_" })
    }

    private static func encoded(_ name: String) -> String {
        name.utf8.map { byte in
            isUnreserved(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// Letters, digits, `-`, `.`, `_`, `~` (RFC 3986 §2.3).
    private static func isUnreserved(_ byte: UInt8?) -> Bool {
        byte.map { unreserved.contains($0) } ?? false
    }

    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
}
