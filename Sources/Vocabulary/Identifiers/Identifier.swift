package import Time

/// The name of one thing: what kind it is and a UUIDv7 (RFC 9562 §5.7), written `session_0198f3c2-…`.
///
/// The UUID part sorts by the instant of creation and serves as the guid in programme exports and calendars.
package struct Identifier<Kind: IdentifierKind>: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// A fresh identifier: 48 bits of milliseconds, then 74 random bits.
    package init(at instant: UTCInstant) {
        var generator = SystemRandomNumberGenerator()
        self.init(at: instant, using: &generator)
    }

    package init(at instant: UTCInstant, using generator: inout some RandomNumberGenerator) {
        let milliseconds = UInt64(clamping: instant.microseconds / 1000)
        let version: UInt64 = 0x7000
        let variant: UInt64 = 0x8000_0000_0000_0000
        high = (milliseconds << 16) | version | (generator.next() & 0x0FFF)
        low = variant | (generator.next() & 0x3FFF_FFFF_FFFF_FFFF)
    }

    /// The UUID in its canonical form of 36 characters.
    package var uuid: String {
        let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
        var text = ""
        for (position, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(position) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// What an identifier names: only a prefix.
package protocol IdentifierKind: Sendable {
    static var prefix: String { get }
}

extension Identifier: LosslessStringConvertible {
    /// Reads `prefix_uuid`; nil for another prefix or anything that is not a canonical UUID.
    package init?(_ description: String) {
        let start = Kind.prefix + "_"
        guard description.utf8.count == start.utf8.count + 36, description.hasPrefix(start) else { return nil }
        let groups = description.dropFirst(start.count).split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.count) == [8, 4, 4, 4, 12] else { return nil }
        let digits = groups.joined()
        guard digits.allSatisfy({ $0.isHexDigit && !$0.isUppercase }),
            let high = UInt64(digits.prefix(16), radix: 16), let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        self.high = high
        self.low = low
    }

    package var description: String { "\(Kind.prefix)_\(uuid)" }
}

extension Identifier: Comparable {
    package static func < (left: Identifier, right: Identifier) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let identifier = Identifier(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is no identifier of the form \(Kind.prefix)_<uuid>")
        }
        self = identifier
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
