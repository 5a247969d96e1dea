package import FoundationEssentials

/// A point on the wall clock: microseconds since 1970-01-01T00:00:00Z, leap seconds ignored (POSIX time).
///
/// Programme, chapters, floor log and the alignment of tracks hang on this line. It is stored as an integer and told to
/// people with its zone. Arithmetic saturates: no instant that comes from outside can overflow.
package struct UTCInstant: Hashable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(_ date: Date) {
        let scaled = date.timeIntervalSince1970 * 1_000_000
        self.microseconds = Int64(exactly: scaled.rounded()) ?? (scaled < 0 ? .min : .max)
    }

    /// The same instant for Foundation's formatters.
    package var date: Date {
        Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
    }

    package func advanced(by duration: Duration) -> UTCInstant {
        let (sum, overflow) = microseconds.addingReportingOverflow(duration.microseconds)
        return UTCInstant(microseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    /// How much later `self` is than `other`; negative where it is earlier.
    package func since(_ other: UTCInstant) -> Duration {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(other.microseconds)
        return .microseconds(overflow ? (self < other ? .min : .max) : difference)
    }
}

extension UTCInstant: Comparable {
    package static func < (left: UTCInstant, right: UTCInstant) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension UTCInstant: CustomStringConvertible {
    package var description: String { text }
}

/// On the wire an instant is RFC 3339 text.
extension UTCInstant: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let written = try container.decode(String.self)
        guard let instant = UTCInstant(written) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(written)” is no RFC 3339 instant such as 2021-06-16T12:00:00Z")
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Duration {
    /// Whole microseconds, saturating; what is finer is dropped.
    package var microseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, sumOverflow) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return sumOverflow ? (seconds < 0 ? .min : .max) : sum
    }

    package var inSeconds: Double { Double(microseconds) / 1_000_000 }
}
