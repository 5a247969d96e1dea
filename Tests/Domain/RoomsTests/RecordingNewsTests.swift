import Events
import Identifiers
import Programme
import Recording
import Testing
import Time

@testable import Rooms

@Suite struct RecordingNewsTests {
    private let start = ContinuousClock.now
    private let session = Session(
        id: SessionID(at: House.noon), conference: ConferenceID(at: House.noon), room: RoomID(at: House.noon),
        title: LocalisedText("Opening"), abstract: nil, format: .debate, audiences: [], startsAt: House.noon,
        endsAt: House.noon.advanced(by: .seconds(3600)), isRecorded: true)

    private func told(_ news: inout RecordingNews, _ alarms: Set<RecordingAlarm>, after seconds: Int) -> [String] {
        news.changes([(session, alarms)], at: start.advanced(by: .seconds(seconds))).map { "\($0.kind.rawValue) \($0.data)" }
    }

    @Test func `an alarm is told once, and that it is over when it has not come again`() {
        var news = RecordingNews()
        #expect(told(&news, [], after: 0).isEmpty)
        #expect(told(&news, [.diskFull], after: 1) == [#"recording.alarm {"alarms":["disk-full"]}"#])
        #expect(told(&news, [], after: 2).isEmpty)
        #expect(told(&news, [.diskFull], after: 3).isEmpty)
        #expect(told(&news, [], after: 12).isEmpty)
        #expect(told(&news, [], after: 14) == [#"recording.sound {"alarms":[]}"#])
    }

    @Test func `a second alarm is told with the first`() {
        var news = RecordingNews()
        _ = told(&news, [.diskSlow], after: 0)
        #expect(told(&news, [.diskSlow, .overrun], after: 1) == [#"recording.alarm {"alarms":["disk-slow","overrun"]}"#])
    }
}
