import Identifiers
import Programme
import Recording
import Testing
import Time

@testable import Archive

@Suite struct ChapterTests {
    private let noon = UTCInstant(microseconds: 1_623_844_800_000_000)

    private func at(_ seconds: Int) -> UTCInstant { noon.advanced(by: .seconds(seconds)) }

    private func chapter(_ title: String, _ seconds: Int) -> RecordingChapter {
        RecordingChapter(at: at(seconds), title: title, source: .moderator)
    }

    @Test func `a recording has the session as its first chapter, and then what was marked`() throws {
        let session = Session(
            id: SessionID(at: noon), conference: ConferenceID(at: noon), room: RoomID(at: noon), title: LocalisedText("Opening"),
            abstract: nil, format: .debate, audiences: [], startsAt: at(10), endsAt: at(3600), isRecorded: true)
        let recording = ArchivedRecording(
            id: RecordingID(at: noon), session: session.id, conference: session.conference, room: session.room, state: .ready,
            startedAt: at(2))
        let mark = Mark(
            id: MarkID(at: noon), session: session.id, conference: session.conference, at: at(60), title: "Item 1")
        let chapters = RecordingChapter.chapters(of: recording, session: session, marks: [mark])
        #expect(chapters.map(\.title) == ["Opening", "Item 1"])
        #expect(chapters.map(\.at) == [at(10), at(60)])
        #expect(chapters.map(\.source) == [.programme, .moderator])
    }

    @Test func `A-2 a file begins with the chapter that was going on, and has those that begin in it`() {
        let chapters = [chapter("Third", 130), chapter("First", -20), chapter("Second", 70), chapter("Later", 200)]
        let placed = PlacedChapter.place(chapters, from: at(60), to: at(190))
        #expect(placed.map(\.source.title) == ["First", "Second", "Third"])
        #expect(placed.map(\.start) == [.zero, .seconds(10), .seconds(70)])
        #expect(placed.map(\.end) == [.seconds(10), .seconds(70), .seconds(130)])
    }

    @Test func `a file before all chapters has none`() {
        #expect(PlacedChapter.place([chapter("Later", 200)], from: at(60), to: at(190)).isEmpty)
    }

    @Test func `WebVTT has no title that ends a cue or opens a tag`() {
        let text = WebVTT.text([.init(start: .milliseconds(3_723_456), end: .seconds(4000), text: "a\n\n<b> --> & c")])
        #expect(text == "WEBVTT\n\n01:02:03.456 --> 01:06:40.000\na  &lt;b&gt; --&gt; &amp; c\n")
    }
}
