import Identifiers
import Testing
import Time

@testable import Discussion

@Suite struct PaceTests {
    private let start = UTCInstant(microseconds: 1_623_837_600_000_000)
    private let ada = ParticipantID(at: UTCInstant(microseconds: 0))
    private let bob = ParticipantID(at: UTCInstant(microseconds: 0))

    private func pace(all: Int = 100) -> Pace {
        Pace(each: .init(burst: 2, interval: .seconds(2)), all: .init(burst: all, interval: .seconds(1)), now: start)
    }

    @Test func `some at once, then one after each interval, for everybody by themselves`() {
        var pace = pace()
        #expect(pace.take(ada, now: start) == nil)
        #expect(pace.take(ada, now: start) == nil)
        #expect(pace.take(ada, now: start) == .seconds(2))
        #expect(pace.take(bob, now: start) == nil)
        #expect(pace.take(ada, now: start.advanced(by: .milliseconds(1500))) == .milliseconds(500))
        #expect(pace.take(ada, now: start.advanced(by: .seconds(2))) == nil)
        #expect(pace.take(ada, now: start.advanced(by: .seconds(2))) == .seconds(2))
    }

    @Test func `all together wait where too much is said`() {
        var pace = pace(all: 3)
        for person in [ada, ada, bob] { #expect(pace.take(person, now: start) == nil) }
        #expect(pace.take(bob, now: start) == .seconds(1))
        #expect(pace.take(bob, now: start.advanced(by: .seconds(1))) == nil)
    }

    @Test func `a clock that is set back lets nobody wait longer than the interval`() {
        var pace = pace()
        for _ in 0..<2 { _ = pace.take(ada, now: start) }
        let before = start.advanced(by: .seconds(-3600))
        #expect(pace.take(ada, now: before) == .seconds(2))
        #expect(pace.take(ada, now: before.advanced(by: .seconds(1))) == .seconds(1))
        #expect(pace.take(ada, now: before.advanced(by: .seconds(2))) == nil)
    }
}
