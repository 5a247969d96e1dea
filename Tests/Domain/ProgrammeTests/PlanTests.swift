import Access
import Foundation
import Testing
import Time

@testable import Programme

/// The YAML text of a conference, as its secretariat writes it and as somebody hostile does.
@Suite struct PlanTests {
    static let example = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Config/conference.example.yaml")

    private func example() throws -> String { try String(contentsOf: Self.example, encoding: .utf8) }

    /// The example with one piece of text in place of another.
    private func faults(_ text: String, for piece: String) throws -> [String] {
        let example = try example()
        try #require(example.contains(piece))
        return faults(of: example.replacingOccurrences(of: piece, with: text))
    }

    private func faults(of yaml: String) -> [String] {
        do {
            _ = try ProgrammePlan(yaml: yaml)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test func `the example has three days, every format and every audience, in English and French`() throws {
        let plan = try ProgrammePlan(yaml: try example())
        #expect(Set(plan.sessions.map { LocalTime(in: plan.zone).text($0.startsAt).prefix(10) }).count == 3)
        #expect(Set(plan.sessions.map(\.format)) == Set(SessionFormat.allCases))
        #expect(plan.sessions.reduce(into: Set<Audience>()) { $0.formUnion($1.audiences) } == Set(Audience.allCases))
        for session in plan.sessions { #expect(Set(session.title.texts.keys) == ["en", "fr"]) }
        #expect(plan.sessions.first?.startsAt == UTCInstant("2021-06-16T11:00:00Z"))
    }

    @Test func `what is exported reads as the same plan`() throws {
        let plan = try ProgrammePlan(yaml: try example())
        #expect(try ProgrammePlan(yaml: plan.yaml()) == plan)
        #expect(plan.changes(from: try ProgrammePlan(yaml: plan.yaml())).isEmpty)
    }

    @Test(arguments: [
        "null", "~", "yes", "1e9", "- a", "a: b # c", "\\n \"quoted\"", "#", "مرحبا", "👩‍👩‍👧", "*x", "&x", "!!int 3", "%", "@",
    ])
    func `a title is text, whatever it looks like`(title: String) throws {
        let quoted = title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let yaml = try example().replacing("en: Plenary Hall", with: "en: \"\(quoted)\"")
        let plan = try ProgrammePlan(yaml: yaml)
        #expect(plan.rooms.first?.name.texts["en"] == title)
        #expect(try ProgrammePlan(yaml: plan.yaml()) == plan)
    }

    @Test func `a fault is told with its line and field`() throws {
        let line =
            try #require(
                example().split(separator: "\n", omittingEmptySubsequences: false)
                    .firstIndex { $0.contains("audiences: [members]") }) + 1
        #expect(
            try faults("audiences: [members, ministers]", for: "audiences: [members]") == [
                "line \(line), sessions[1].audiences[1]: one of these is wanted here: members, information-technology, "
                    + "social-media, websites, communications, library-and-research, public-engagement"
            ])
    }

    @Test(arguments: [
        ("room: cellar", "room: workshop", "no room has the key “cellar”"),
        ("key: opening", "key: closing", "“opening” stands above already"),
        ("starts: 2021-06-31 13:00", "starts: 2021-06-16 13:30", "a time is written"),
        ("starts: 2021-06-16 25:00", "starts: 2021-06-16 13:30", "a time is written"),
        ("starts: 99999999999999999999", "starts: 2021-06-16 13:30", "a time is written"),
        ("starts: 1021-06-16 13:30", "starts: 2021-06-16 13:30", "between 2000 and 2100"),
        ("starts: 2022-06-16 13:30", "starts: 2021-06-16 13:30", "the end comes after the start"),
        ("starts: 2021-06-15 16:30", "starts: 2021-06-16 15:30", "outside the conference"),
        ("starts: 2021-06-16 13:29", "starts: 2021-06-16 13:30", "“opening” has not ended yet in the same room"),
        ("time-zone: Mars/Olympus", "time-zone: Europe/Zurich", "a time zone is a name"),
        ("titel:\n  en: 9th", "title:\n  en: 9th", "“titel” is no field here"),
        ("format: [debate]", "format: debate", "a text is wanted here"),
        ("recorded: 3", "recorded: false", "“true” or “false”"),
        ("languages: en", "languages: [en, fr, es]", "a list is wanted here"),
        ("languages: [English]", "languages: [en, fr, es]", "a language is a tag"),
        (
            "speakers: { name: Ada }",
            "speakers:\n      - name: Chair of the conference\n        organisation: Inter-Parliamentary Union",
            "a list is wanted"
        ),
        ("en: \"\\u202Eneddih\"", "en: Plenary Hall", "U+202E may not stand here"),
        ("en: \"a\\0b\"", "en: Plenary Hall", "U+0 may not stand here"),
        ("en: ''", "en: Plenary Hall", "the text is empty"),
        ("conference: Wepc", "conference: wepc-2021", "a key has 1 to 64"),
    ])
    func `what cannot be is refused`(text: String, piece: String, saying: String) throws {
        let faults = try faults(text, for: piece)
        #expect(faults.contains { $0.contains(saying) }, "\(faults)")
        #expect(faults.allSatisfy { $0.hasPrefix("line ") })
    }

    @Test func `every fault is told at once, in the order of the lines`() throws {
        let faults = try faults("format: dance", for: "format: debate")
        #expect(faults.count == 4)
        #expect(faults.allSatisfy { $0.contains(".format: one of these") })
    }

    @Test func `a missing field is told where the thing begins`() throws {
        #expect(try faults("", for: "    format: drafting\n").allSatisfy { $0.contains("format: it is missing") })
    }

    @Test func `text that is no YAML is refused with its line`() {
        #expect(faults(of: "") == ["line 1: the text is empty"])
        #expect(faults(of: "a: [1, 2\n").first?.hasPrefix("line 2") == true)
        #expect(faults(of: "title: x\ntitle: y\n").first?.contains("“title” stands twice") == true)
        #expect(faults(of: "a: 1\n---\nb: 2\n").first?.contains("no YAML") == true)
        #expect(faults(of: "a: 1\nb: \u{7}\n").first?.hasPrefix("line 2") == true)
        #expect(faults(of: "just a word").first?.contains("fields are wanted here") == true)
    }

    @Test func `a billion laughs are refused before they are laughed`() {
        var yaml = "a0: &a0 [lol, lol]\n"
        for level in 1..<40 { yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        yaml += "? *a39\n: bomb\n"
        #expect(faults(of: yaml).first == "line 2: anchors and aliases (&name, *name) are not read here; write the text out")
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func `nesting without end is refused`(opening: String) {
        #expect(!faults(of: String(repeating: opening, count: 200_000)).isEmpty)
        #expect(!faults(of: "conference: " + String(repeating: opening, count: 900)).isEmpty)
    }

    @Test func `a text beyond the limit is refused unread`() {
        let long = "title: " + String(repeating: "x", count: PlanText.longest)
        #expect(faults(of: long) == ["line 1: a plan has at most 1 MiB"])
    }

    @Test func `too many of something are refused, and faults beyond fifty are not told`() throws {
        let rooms = (0..<101).map { "  - key: r\($0)\n    name: Room\n" }.joined()
        #expect(
            try faults("rooms:\n" + rooms + "  - key: plenary", for: "rooms:\n  - key: plenary").contains {
                $0.contains("at most 100")
            })
        let wrong = (0..<90).map { "  - key: \($0) \($0)\n    name: Room\n" }.joined()
        #expect(try faults("rooms:\n" + wrong + "  - key: plenary", for: "rooms:\n  - key: plenary").count == 50)
    }

    @Test func `a name without end is read in one go`() {
        let long = String(repeating: "a", count: PlanText.longest / 2 - 10)
        #expect(faults(of: "x: &\(long)\ny: *\(long)").first?.hasPrefix("line 2") == true)
    }

    @Test func `a cut text never traps`() throws {
        let text = Array(try example().utf8)
        for end in stride(from: 0, to: text.count, by: 37) { _ = faults(of: String(decoding: text[..<end], as: UTF8.self)) }
    }

    @Test func `an hour that the clocks leap over is no time, one that comes twice is told in UTC`() throws {
        let time = LocalTime(in: try #require(TimeZone(identifier: "Europe/Zurich")))
        #expect(time.instant("2021-03-28 02:30") == nil)
        #expect(time.instant("2021-03-28 03:30") == UTCInstant("2021-03-28T01:30:00Z"))
        let second = try #require(UTCInstant("2021-10-31T01:30:00Z"))
        #expect(time.text(second) == "2021-10-31T01:30:00.000Z")
        #expect(time.instant(time.text(second)) == second)
        #expect(time.instant("2021-10-31 02:30:00.5+02:00") == UTCInstant("2021-10-31T00:30:00.5Z"))
        #expect(time.instant("2021-10-31 02:30") == UTCInstant("2021-10-31T00:30:00Z"))
    }

    @Test func `a difference names what is added, changed and removed`() throws {
        let before = try ProgrammePlan(yaml: try example())
        let after = try ProgrammePlan(
            yaml: try example().replacing("key: report", with: "key: findings").replacing(
                "13:00\n    ends: 2021-06-16 13:30", with: "13:10\n    ends: 2021-06-16 13:30"))
        let changes = after.changes(from: before)
        #expect(
            changes.map { "\($0.kind) \($0.subject)" } == [
                "changed session opening", "added session findings", "removed session report",
            ])
        #expect(
            changes.first?.fields == [PlanChange.Field(name: "starts", before: "2021-06-16 13:00", after: "2021-06-16 13:10")])
        #expect(before.changes(from: nil).allSatisfy { $0.kind == .added })
    }
}
