package import Time

/// An instant as a manifest writes it, in UTC to the microsecond: `2021-06-16T12:00:00.000000Z`.
package struct ExactInstant: Hashable, Sendable {
    package let instant: UTCInstant

    package init(_ instant: UTCInstant) {
        self.instant = instant
    }

    package var text: String {
        let microseconds = instant.microseconds
        let fraction = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000
        let second = UTCInstant(microseconds: microseconds.subtractingReportingOverflow(fraction).partialValue).text
        let digits = String(fraction)
        return second.prefix { $0 != "." } + "." + String(repeating: "0", count: 6 - digits.count) + digits + "Z"
    }

    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 7, parts[1].hasSuffix("Z"), let second = UTCInstant(parts[0] + "Z"),
            let fraction = UInt32(parts[1].dropLast())
        else { return nil }
        instant = second.advanced(by: .microseconds(Int64(fraction)))
    }
}

extension ExactInstant: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let read = ExactInstant(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no instant to the microsecond")
        }
        self = read
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension ExactInstant: CustomStringConvertible {
    package var description: String { text }
}
