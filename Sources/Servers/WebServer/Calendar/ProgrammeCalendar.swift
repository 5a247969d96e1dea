import Foundation
import Programme
import Time

/// Sessions as calendars take them up: RFC 5545, with the way into each by RFC 7986 §5.11.
///
/// All times are in UTC. An event keeps its UID, the session's id, and its SEQUENCE is the version of the programme, so that what
/// is taken up again replaces what was there.
struct ProgrammeCalendar {
    struct Event {
        let id: String
        let summary: SessionSummary
        let abstract: String?
        let speakers: [String]
        let isCancelled: Bool
    }

    let title: String
    /// The published version that the events are of; nil while there is none.
    let version: ProgrammeVersion?
    let events: [Event]
    /// Before the path of a page: `https://live.example.org`.
    let origin: String
    let words: Wording

    var text: String {
        var calendar = CalendarText()
        calendar.add("BEGIN", "VCALENDAR")
        calendar.add("VERSION", "2.0")
        calendar.add("PRODID", "-//Hemicycle//Programme//\(words.language.rawValue.uppercased())")
        calendar.add("NAME", words: title)
        calendar.add("X-WR-CALNAME", words: title)
        for event in events { add(event, to: &calendar) }
        calendar.add("END", "VCALENDAR")
        return calendar.text
    }

    private func add(_ event: Event, to calendar: inout CalendarText) {
        let (session, changed) = (event.summary, version?.createdAt ?? event.summary.starts)
        calendar.add("BEGIN", "VEVENT")
        calendar.add("UID", event.id)
        calendar.add("DTSTAMP", Self.utc(changed))
        calendar.add("SEQUENCE", "\(version?.number ?? 0)")
        calendar.add("STATUS", event.isCancelled ? "CANCELLED" : "CONFIRMED")
        calendar.add("DTSTART", Self.utc(session.starts))
        calendar.add("DTEND", Self.utc(session.ends))
        calendar.add("SUMMARY;LANGUAGE=\(Self.parameter(session.titleLanguage))", words: session.title)
        calendar.add("DESCRIPTION", words: description(of: event))
        calendar.add("LOCATION", words: session.room)
        calendar.add("CATEGORIES", list: session.audiences.map { words.name(of: "audience", $0) })
        calendar.add("URL", origin + session.path)
        let label = Self.parameter(words.phrases("session.enter"))
        calendar.add("CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=\"\(label)\"", "\(origin)\(session.path)/live")
        calendar.add("END", "VEVENT")
    }

    private func description(of event: Event) -> String {
        let format = words.name(of: "format", event.summary.format)
        return ([event.abstract, format].compactMap(\.self) + event.speakers).joined(separator: "\n")
    }

    /// A parameter's value holds no quotation mark and no control character (§3.2).
    private static func parameter(_ text: String) -> String {
        text.replacing("\"", with: "").filter { !$0.isNewline }
    }

    /// `20210616T120000Z`
    private static func utc(_ instant: UTCInstant) -> String {
        instant.date.formatted(
            Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt))
    }
}
