import Foundation
import Time

/// How a plan writes an instant: `2021-06-16 13:00` in the conference's zone, or RFC 3339 where that does not tell it.
struct LocalTime {
    private let calendar: Calendar
    private let zone: TimeZone

    init(in zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        (self.calendar, self.zone) = (calendar, zone)
    }

    func text(_ instant: UTCInstant) -> String {
        let text = written(instant)
        return self.instant(text) == instant ? text : instant.text
    }

    /// Nil where it is no time, or one that the zone's clocks leap over. Of an hour that comes twice it is the first.
    func instant(_ text: String) -> UTCInstant? {
        // Programs that write YAML put a space where RFC 3339 has its T, and it allows that (§5.6).
        let joined = text.replacing(" ", with: "T", maxReplacements: 1)
        if let instant = UTCInstant(joined) { return instant }
        // Read as if it were UTC, which checks each number; then moved by how far the zone stands from it.
        guard text.utf8.count == 16, let reading = UTCInstant(joined + ":00Z") else { return nil }
        let parts = Calendar.gregorianInUTC.dateComponents([.year, .month, .day, .hour, .minute], from: reading.date)
        guard let date = calendar.date(from: parts) else { return nil }
        let instant = UTCInstant(date)
        return written(instant) == text ? instant : nil
    }

    private func written(_ instant: UTCInstant) -> String {
        let offset = zone.secondsFromGMT(for: instant.date)
        let shown = instant.advanced(by: .seconds(offset)).text
        return String(shown.prefix(16)).replacing("T", with: " ")
    }
}

extension Calendar {
    fileprivate static let gregorianInUTC: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
