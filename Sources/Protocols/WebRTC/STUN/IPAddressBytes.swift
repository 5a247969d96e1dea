/// The bytes of an address in its usual text form (RFC 4291 §2.2).
enum IPAddressBytes {
    /// Four bytes or sixteen; none where `text` is no address.
    static func of(_ text: String) -> [UInt8] {
        text.contains(":") ? ipv6(text) : ipv4(text)
    }

    private static func ipv4(_ text: some StringProtocol) -> [UInt8] {
        let bytes = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return bytes.count == 4 ? bytes.compactMap(\.self) : []
    }

    /// Two colons stand for as many zeros as are missing.
    private static func ipv6(_ text: String) -> [UInt8] {
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false).map(groups)
        let (first, last) = (halves.first ?? [], halves.count == 2 ? halves[1] : [])
        let missing = 16 - first.count - last.count
        guard missing >= 0, halves.count == 2 || missing == 0 else { return [] }
        return first + [UInt8](repeating: 0, count: missing) + last
    }

    /// Groups of four hexadecimal digits, of which the last may be an IPv4 address.
    private static func groups(_ text: Substring) -> [UInt8] {
        text.split(separator: ":").flatMap { group -> [UInt8] in
            guard !group.contains(".") else { return ipv4(group) }
            return UInt16(group, radix: 16).map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? []
        }
    }
}
