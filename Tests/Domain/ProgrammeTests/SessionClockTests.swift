import Access
import Identifiers
import Programme
import Testing
import Time

@Suite struct SessionClockTests {
    static let start = UTCInstant(microseconds: 1_623_837_600_000_000)
    let clock = SessionClock()
    let session = Session(
        id: SessionID(at: start), conference: ConferenceID(at: start), room: RoomID(at: start), title: LocalisedText("Opening"),
        abstract: nil, format: .debate, audiences: [.members], startsAt: start, endsAt: start.advanced(by: .seconds(3600)),
        isRecorded: true)

    private func phase(_ override: SessionOverride?, after duration: Duration) -> SessionPhase {
        clock.phase(of: session, override: override, now: Self.start.advanced(by: duration))
    }

    @Test(
        arguments: [
            (.seconds(-86_400), .planned), (.microseconds(-900_000_001), .planned), (.seconds(-900), .doorsOpen),
            (.microseconds(-1), .doorsOpen), (.zero, .running), (.microseconds(3_599_999_999), .running),
            (.seconds(3600), .ended), (.seconds(86_400), .ended),
        ] as [(Duration, SessionPhase)])
    func `the clock opens, starts and ends a session to the microsecond`(after: Duration, expected: SessionPhase) {
        #expect(phase(nil, after: after) == expected)
    }

    @Test(arguments: [-86_400, 0, 3600, 25_199])
    func `a moderator opens early and holds open late`(seconds: Int) {
        #expect(phase(.open, after: .seconds(seconds)) == .running)
    }

    @Test func `what a moderator holds open ends six hours after its planned end`() {
        #expect(phase(.open, after: .seconds(25_200)) == .ended)
    }

    @Test(arguments: [-86_400, 0, 1800, 86_400])
    func `what a moderator closed is over`(seconds: Int) {
        #expect(phase(.closed, after: .seconds(seconds)) == .ended)
    }

    @Test func `the doors open a quarter of an hour before the start`() {
        #expect(clock.doorsOpenAt(session) == Self.start.advanced(by: .seconds(-900)))
    }

    @Test(arguments: [Int64.min, .max])
    func `no instant overflows`(microseconds: Int64) {
        let extreme = UTCInstant(microseconds: microseconds)
        let session = Session(
            id: session.id, conference: session.conference, room: session.room, title: session.title, abstract: nil,
            format: .debate, audiences: [], startsAt: extreme, endsAt: extreme, isRecorded: false)
        for override in [SessionOverride?.none, .open, .closed] {
            _ = clock.phase(of: session, override: override, now: Self.start)
        }
        #expect(clock.phase(of: session, override: nil, now: Self.start) == (microseconds < 0 ? .ended : .planned))
    }
}
