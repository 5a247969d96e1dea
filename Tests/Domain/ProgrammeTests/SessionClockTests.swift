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

    private func phase(_ override: SessionOverride?, after seconds: Double) -> SessionPhase {
        clock.phase(of: session, override: override, now: Self.start.advanced(by: .seconds(seconds)))
    }

    @Test(arguments: [
        (-86_400, .planned), (-900.000_001, .planned), (-900, .doorsOpen), (-0.000_001, .doorsOpen), (0, .running),
        (3599.999_999, .running), (3600, .ended), (86_400, .ended),
    ] as [(Double, SessionPhase)])
    func `the clock opens, starts and ends a session to the microsecond`(seconds: Double, expected: SessionPhase) {
        #expect(phase(nil, after: seconds) == expected)
    }

    @Test(arguments: [-86_400, 0, 3600, 25_199] as [Double])
    func `a moderator opens early and holds open late`(seconds: Double) {
        #expect(phase(.open, after: seconds) == .running)
    }

    @Test func `what a moderator holds open ends six hours after its planned end`() {
        #expect(phase(.open, after: 3600 + 21_600) == .ended)
    }

    @Test(arguments: [-86_400, 0, 1800, 86_400] as [Double])
    func `what a moderator closed is over`(seconds: Double) {
        #expect(phase(.closed, after: seconds) == .ended)
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
