extension CookieName {
    /// The value of the first cookie of that name in a `Cookie` header (RFC 6265 §4.2.1); its values are without quotation marks.
    static func value(of name: String, in header: String) -> String? {
        let name = Array(name.utf8)
        for pair in Array(header.utf8).split(separator: UInt8(ascii: ";")) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            guard pair.starts(with: name) else { continue }
            let rest = pair.dropFirst(name.count)
            if rest.first == UInt8(ascii: "=") { return String(decoding: rest.dropFirst(), as: UTF8.self) }
        }
        return nil
    }
}
