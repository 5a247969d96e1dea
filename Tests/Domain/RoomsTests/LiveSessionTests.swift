import Access
import Identifiers
import Programme
import Testing
import Time

@testable import Rooms

@Suite struct LiveSessionTests {
    private let start = UTCInstant(microseconds: 1_623_834_000_000_000)
    private let clock = SessionClock()

    private func at(_ seconds: Int) -> UTCInstant { start.advanced(by: .seconds(seconds)) }

    private func live(metAt seconds: Int) -> LiveSession {
        let session = Session(
            id: SessionID(at: start), conference: ConferenceID(at: start), room: RoomID(at: start),
            title: LocalisedText("Opening"), abstract: nil, format: .debate, audiences: [], startsAt: start,
            endsAt: at(3600), isRecorded: true)
        return LiveSession(session, clock: clock, now: at(seconds))
    }

    @Test func `the clock opens the doors, starts and ends a session, each once`() {
        var live = live(metAt: -2000)
        let steps = [-1000, -899, -1, 0, 10, 3599, 3600, 4000].map { live.advance(clock, now: at($0)) }
        #expect(steps == [nil, .doorsOpen, nil, .running, nil, nil, .ended, nil])
    }

    @Test func `a session that is over when it is met is not ended again`() {
        var live = live(metAt: 4000)
        #expect(live.advance(clock, now: at(4001)) == nil)
        #expect(live.inView(now: at(4001)).hasEnded)
    }

    @Test func `a session that runs when it is met is started`() {
        var live = live(metAt: 100)
        #expect(live.advance(clock, now: at(100)) == .running)
    }

    @Test func `a moderator's word wins over the clock and can be taken back`() {
        var live = live(metAt: -2000)
        live.override = .open
        #expect(live.advance(clock, now: at(-2000)) == .running)
        #expect(live.advance(clock, now: at(3700)) == nil)
        live.override = .closed
        #expect(live.advance(clock, now: at(3701)) == .ended)
        live.override = nil
        #expect(live.advance(clock, now: at(3000)) == .running)
    }

    @Test func `a session held open ends all the same when nobody closes it`() {
        var live = live(metAt: 0)
        live.override = .open
        _ = live.advance(clock, now: at(0))
        #expect(live.advance(clock, now: at(3600 + 6 * 3600)) == .ended)
    }
}
