import Time

/// An instant in the form of RFC 9110 §5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`, in whole seconds.
struct HTTPDate: Comparable, Hashable, Sendable {
    /// Since 1970-01-01T00:00:00Z; a date before that is none.
    let seconds: Int64

    init(_ instant: UTCInstant) {
        seconds = max(0, instant.microseconds / 1_000_000)
    }

    /// Reads the preferred form only: a condition with one of the two obsolete forms is ignored, which is always safe.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard text.utf8.count == 29, words.count == 6, words[5] == "GMT", words[0].last == ",",
            Self.weekdays.contains(String(words[0].dropLast())), let month = Self.months.firstIndex(of: String(words[2])),
            let day = Int64(words[1]), (1...31).contains(day), let year = Int64(words[3]), (1970...9999).contains(year),
            let time = Self.timeOfDay(words[4])
        else { return nil }
        seconds = Self.days(year: year, month: Int64(month) + 1, day: day) * 86_400 + time
    }

    var header: String {
        let (days, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let (year, month, day) = Self.civil(days)
        let weekday = Self.weekdays[Int((days + 4) % 7)]
        let clock = [time / 3600, time / 60 % 60, time % 60].map(Self.twoDigits).joined(separator: ":")
        return "\(weekday), \(Self.twoDigits(day)) \(Self.months[Int(month - 1)]) \(year) \(clock) GMT"
    }

    static func < (left: HTTPDate, right: HTTPDate) -> Bool { left.seconds < right.seconds }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func timeOfDay(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":").map { Int64($0) }
        guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }
}

/// Days of the Gregorian calendar since 1970-01-01, for years from 1970: years are counted from March, so that the leap day
/// is their last (Howard Hinnant, "chrono-compatible low-level date algorithms").
extension HTTPDate {
    private static let daysInEra: Int64 = 146_097
    private static let daysBeforeEpoch: Int64 = 719_468

    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = year.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * daysInEra + dayOfEra - daysBeforeEpoch
    }

    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + daysBeforeEpoch).quotientAndRemainder(dividingBy: daysInEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = (shifted + 2) % 12 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
