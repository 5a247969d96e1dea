package import Time

/// A wall clock's time as RTCP writes it (RFC 3550 §4): seconds since 1900 in 32.32 fixed point. Wraps in 2036.
package struct NTPTime: Hashable, Sendable {
    /// Seconds from 1900 to 1970.
    private static let unixEpoch: Int64 = 2_208_988_800

    package let value: UInt64

    package init(value: UInt64) {
        self.value = value
    }

    package init(_ instant: UTCInstant) {
        let (seconds, rest) = instant.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let fraction = (Int128(rest) << 32) / 1_000_000
        value = UInt64(truncatingIfNeeded: (Int128(seconds + Self.unixEpoch) << 32) + fraction)
    }

    /// The instant it stands for; before 1970 it is taken to be of the era that began in 2036.
    package var instant: UTCInstant {
        let seconds = Int64(value >> 32) - Self.unixEpoch
        let inEra = seconds < 0 ? seconds + 1 << 32 : seconds
        let fraction = Int64((UInt128(value & 0xFFFF_FFFF) * 1_000_000 + 1 << 31) >> 32)
        return UTCInstant(microseconds: inEra * 1_000_000 + fraction)
    }

    /// The middle 32 bits, by which a receiver report names a sender report: seconds in 16.16 fixed point.
    package var middle: UInt32 { UInt32(truncatingIfNeeded: value >> 16) }
}
