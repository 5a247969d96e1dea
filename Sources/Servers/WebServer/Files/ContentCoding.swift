/// `Accept-Encoding` (RFC 9110 §12.5.3), as far as we have a choice: gzip or nothing.
enum ContentCoding {
    /// Codings of one header that are looked at.
    private static let maximumCodings = 32

    /// - Parameter header: nil where the request has none.
    static func acceptsGzip(_ header: String?) -> Bool {
        guard let header else { return false }
        let codings = header.split(separator: ",", maxSplits: maximumCodings).prefix(maximumCodings)
        let weights = codings.map(weight)
        return (weights.first { $0.coding == "gzip" } ?? weights.first { $0.coding == "*" }).map { $0.weight > 0 } ?? false
    }

    private static func weight(_ text: Substring) -> (coding: String, weight: Double) {
        let parts = text.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
        return (parts.first ?? "", weight ?? 1)
    }
}
