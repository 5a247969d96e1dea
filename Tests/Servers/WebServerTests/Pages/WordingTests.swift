import Foundation
import Testing
import Time

@testable import WebServer

@Suite struct WordingTests {
    private let english: Wording
    private let french: Wording

    init() throws {
        let renderer = try SamplePages.renderer()
        english = renderer.wording(.english, zone: SamplePages.zone)
        french = renderer.wording(.french, zone: SamplePages.zone)
    }

    private let start = SamplePages.at("2021-06-16T22:30:00Z")
    private let end = SamplePages.at("2021-06-18T16:00:00Z")

    @Test func `a day is the day in the conference's zone`() {
        #expect(english.dayKey(start) == "2021-06-17")
        #expect(english.date(start) == "17 June 2021")
        #expect(french.day(start) == "jeudi 17 juin 2021")
    }

    @Test func `a time is told in 24 hours and with its zone`() {
        #expect(english.clock(start) == "00:30")
        #expect(english.zoneName(at: start) == "Zurich, UTC+2")
        #expect(french.exactClock(start) == "00:30:00")
    }

    @Test func `a zone's distance from UTC follows the instant`() {
        #expect(english.offsetName(at: SamplePages.at("2021-01-16T12:00:00Z")) == "UTC+1")
        #expect(at("America/St_Johns").offsetName(at: start) == "UTC−2:30")
        #expect(at("Asia/Kathmandu").offsetName(at: start) == "UTC+5:45")
        #expect(at("UTC").zoneName(at: start) == "UTC")
    }

    private func at(_ identifier: String) -> Wording {
        english.at(TimeZone(identifier: identifier) ?? .gmt)
    }

    @Test func `days run from the first to the last, and one day stands alone`() {
        #expect(english.days(start, end).filter { !$0.isWhitespace } == "17–18June2021")
        #expect(english.days(start, start) == "17 June 2021")
    }

    @Test func `lengths are told in their two largest units`() {
        #expect(english.length(.seconds(5412)) == "1 h 30 min")
        #expect(english.length(.seconds(70)) == "1 min 10 s")
        #expect(english.length(.milliseconds(900)) == "0 s")
        #expect(english.length(.seconds(-4)) == "0 s")
    }

    @Test func `sizes are told in decimal units and in the reader's language`() {
        #expect(english.size(999) == "999 bytes")
        #expect(english.size(1_482_000_000) == "1.5 GB")
        #expect(french.size(1_482_000_000) == "1,5 Go")
        #expect(english.size(999_960) == "1.0 MB")
        #expect(english.size(.max) == "9,223,372 TB")
        #expect(english.size(-1) == "0 bytes")
    }

    @Test func `French counts nothing and one alike`() {
        #expect(french.count("people.present", 0) == "0 personne présente")
        #expect(french.count("people.present", 2) == "2 personnes présentes")
        #expect(english.count("people.present", 0) == "0 people present")
        #expect(english.count("people.present", 1) == "1 person present")
    }

    @Test func `a code without a word is shown as it is`() {
        #expect(english.name(of: "audience", "library-and-research") == "Library and research")
        #expect(english.name(of: "audience", "astronauts") == "astronauts")
    }
}
