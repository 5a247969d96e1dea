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
        var text: [UInt8] = []
        text.reserveCapacity(CanonicalUUID.length)
        for position in 0..<32 {
            if CanonicalUUID.isGroup(beforeDigit: position) { text.append(UInt8(ascii: "-")) }
            let half = position < 16 ? high : low
            text.append(CanonicalUUID.digits[Int((half >> (60 - 4 * UInt64(position % 16))) & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, in lower case (RFC 9562 §4).
private enum CanonicalUUID {
    static let length = 36
    static let digits = Array("0123456789abcdef".utf8)

    static func isGroup(beforeDigit position: Int) -> Bool {
        position == 8 || position == 12 || position == 16 || position == 20
    }

    static func value(of digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        default: nil
        }
    }
}

/// What an identifier names: only a prefix.
package protocol IdentifierKind: Sendable {
    static var prefix: String { get }
}

extension Identifier: LosslessStringConvertible {
    /// Reads `prefix_uuid`; nil for another prefix or anything that is not a canonical UUID.
    package init?(_ description: String) {
        var bytes = description.utf8[...]
        guard bytes.starts(with: Kind.prefix.utf8) else { return nil }
        bytes = bytes.dropFirst(Kind.prefix.utf8.count)
        guard bytes.count == 1 + CanonicalUUID.length, bytes.popFirst() == UInt8(ascii: "_") else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for position in 0..<32 {
            if CanonicalUUID.isGroup(beforeDigit: position), bytes.popFirst() != UInt8(ascii: "-") { return nil }
            guard let value = bytes.popFirst().flatMap(CanonicalUUID.value) else { return nil }
            if position < 16 { high = high << 4 | value } else { low = low << 4 | value }
        }
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
