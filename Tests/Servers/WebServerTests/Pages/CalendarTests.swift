import Foundation
import HTTPTypes
import Identifiers
import Programme
import Store
import Testing

@testable import WebServer

@Suite struct CalendarTests {
    @Test func `a line is folded at 75 octets, and no character is torn (ICS-1)`() throws {
        var calendar = CalendarText()
        let words = String(repeating: "é€𝄞 a", count: 60)
        calendar.add("SUMMARY", words: words)
        let lines = calendar.text.components(separatedBy: "\r\n")
        #expect(lines.count > 5)
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(lines.dropFirst().dropLast().allSatisfy { $0.hasPrefix(" ") })
        #expect(calendar.text.replacing("\r\n ", with: "") == "SUMMARY:\(words)\r\n")
    }

    @Test func `words are data and begin no line of their own (ICS-1)`() {
        var calendar = CalendarText()
        calendar.add("SUMMARY", words: "a;b,c\\d\r\nEND:VEVENT\u{0}")
        #expect(calendar.text == "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n")
    }

    @Test func `a session stays the same event in the next version of the programme (ICS-1)`() async throws {
        let conference = try await TestConference()
        let first = try await conference.ask(.get, "/wepc-2021/programme.ics")
        #expect(first.status == .ok)
        #expect(first.headers[.contentType] == "text/calendar; charset=utf-8")
        #expect(first.text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"))
        #expect(first.text.matches(of: /BEGIN:VEVENT\r\n/).count == 3)
        #expect(first.text.contains("DTSTART:20210616T113000Z\r\n") && first.text.contains("SEQUENCE:1\r\n"))
        _ = try await conference.store.publish([conference.live], in: conference.conference.id)
        let second = try await conference.ask(.get, "/wepc-2021/programme.ics")
        #expect(second.text.contains("UID:\(conference.live.id)\r\n") && second.text.contains("SEQUENCE:2\r\n"))
        #expect(first.text.contains("UID:\(conference.live.id)\r\n"))
        let gone = try await conference.ask(.get, "/sessions/\(conference.near.id)/session.ics")
        #expect(gone.text.contains("STATUS:CANCELLED\r\n"))
    }
}
