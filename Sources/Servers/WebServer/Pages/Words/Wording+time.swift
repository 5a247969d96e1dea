import Foundation
import Time

extension Wording {
    /// `Wednesday 16 June 2021`
    func day(_ instant: UTCInstant) -> String {
        formatted(instant, style.weekday(.wide).day().month(.wide).year())
    }

    /// `16 June 2021`
    func date(_ instant: UTCInstant) -> String {
        formatted(instant, style.day().month(.wide).year())
    }

    /// `14:00`
    func clock(_ instant: UTCInstant) -> String {
        formatted(instant, style.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits))
    }

    /// `14:00:07`, for logs.
    func exactClock(_ instant: UTCInstant) -> String {
        formatted(instant, style.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits).second(.twoDigits))
    }

    /// `14:00–15:30`
    func span(_ start: UTCInstant, _ end: UTCInstant) -> String {
        "\(clock(start))–\(clock(end))"
    }

    /// `16–18 June 2021`, or the one day where both ends fall on it.
    func days(_ start: UTCInstant, _ end: UTCInstant) -> String {
        guard dayKey(start) != dayKey(end), start < end else { return date(start) }
        let style = Date.IntervalFormatStyle(locale: locale, timeZone: zone).day().month(.wide).year()
        return style.format(start.date..<end.date).replacing(" – ", with: "–")
    }

    /// `Zurich, UTC+2`: the place that keeps this time, and how far it stands from UTC at that instant.
    func zoneName(at instant: UTCInstant) -> String {
        let offset = offsetName(at: instant)
        let identifier = zone.identifier
        guard identifier.contains("/"), !identifier.hasPrefix("Etc/") else { return offset }
        return "\(formatted(instant, style.timeZone(.exemplarLocation))), \(offset)"
    }

    /// `UTC`, `UTC+2`, `UTC−3:30`
    func offsetName(at instant: UTCInstant) -> String {
        let minutes = zone.secondsFromGMT(for: instant.date) / 60
        guard minutes != 0 else { return "UTC" }
        let (hours, rest) = abs(minutes).quotientAndRemainder(dividingBy: 60)
        return "UTC\(minutes < 0 ? "−" : "+")\(hours)" + (rest == 0 ? "" : ":\(rest < 10 ? "0" : "")\(rest)")
    }

    /// The calendar day in the zone as `2021-06-16`: sorts, groups, and stands in addresses.
    func dayKey(_ instant: UTCInstant) -> String {
        instant.date.formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day())
    }

    /// The calendar day in the zone, from midnight to midnight.
    func wholeDay(of instant: UTCInstant) -> Range<UTCInstant> {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let start = calendar.startOfDay(for: instant.date)
        let end = calendar.date(byAdding: .day, value: 1, to: start) ?? start
        return UTCInstant(start)..<max(UTCInstant(start), UTCInstant(end))
    }

    private var style: Date.FormatStyle {
        Date.FormatStyle(locale: locale, calendar: Calendar(identifier: .gregorian), timeZone: zone)
    }

    private func formatted(_ instant: UTCInstant, _ style: Date.FormatStyle) -> String {
        instant.date.formatted(style)
    }
}
