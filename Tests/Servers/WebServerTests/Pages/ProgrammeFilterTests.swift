import Foundation
import Testing

@testable import WebServer

/// What a filter of the programme lets through (P-2).
@Suite struct ProgrammeFilterTests {
    private let sessions = [SamplePages.past, SamplePages.live, SamplePages.near, SamplePages.later]
    private let words = Wording(phrases: Phrases(language: .english, sentences: [:]), zone: SamplePages.zone)

    private func shown(_ asked: [ProgrammeFilter.Criterion: String]) -> [String] {
        let filter = ProgrammeFilter(sessions, in: words) { asked[$0] }
        return sessions.filter { filter.admits($0, in: words) }.map(\.title)
    }

    @Test func `each criterion returns exactly what is marked so`() {
        let (near, later) = (SamplePages.near.title, SamplePages.later.title)
        #expect(shown([.audience: "websites"]) == [later])
        #expect(shown([.audience: "social-media"]) == [near])
        #expect(shown([.day: "2021-06-17"]) == [later])
        #expect(shown([.room: "room-b"]) == [later])
        #expect(shown([.format: "good-practice"]) == [near])
        #expect(shown([.language: "ar"]) == sessions.map(\.title).filter { $0 != later })
        #expect(shown([.language: "en", .format: "debate"]) == [SamplePages.past.title, SamplePages.live.title])
        #expect(shown([.day: "2021-06-17", .audience: "social-media"]) == [])
    }

    @Test(arguments: ["", "2021-06-19", "websites ", "<script>", "members,websites"])
    func `what there is not is no filter`(value: String) {
        for criterion in ProgrammeFilter.Criterion.allCases { #expect(shown([criterion: value]).count == sessions.count) }
    }

    @Test func `what may be chosen is what the programme has, in plain words`() {
        let choices = ProgrammeFilter(sessions, in: words) { _ in nil }.choices
        #expect(choices[.day]?.map(\.value) == ["2021-06-16", "2021-06-17"])
        #expect(choices[.room]?.map(\.value) == ["main-hall", "room-b"])
        #expect(choices[.language]?.map(\.label) == ["Arabic", "English", "French"])
        #expect(choices[.audience]?.map(\.value).contains("public-engagement") == true)
    }

    @Test func `a session for nobody in particular is for everybody, in words`() {
        let open = SamplePages.session("Closing", "2021-06-18T12:00:00Z", "2021-06-18T13:00:00Z", .planned, audiences: [])
        let words = Wording(phrases: Phrases(language: .english, sentences: ["programme.everybody": "Everybody"]), zone: .gmt)
        #expect(open.fields(in: words)["audiences"] == .list([.text("Everybody")]))
    }
}
