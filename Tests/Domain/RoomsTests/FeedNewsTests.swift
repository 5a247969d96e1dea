import Identifiers
import Streams
import Testing
import Time

@testable import Rooms

@Suite struct FeedNewsTests {
    private let room = RoomID(at: House.noon)
    private let feed = FeedID(at: House.noon)
    private let start = ContinuousClock.now

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }

    @Test func `what happens now and then is told at once`() {
        var news = FeedNews()
        for minute in 0..<100 {
            #expect(news.take(.interrupted(room, feed), at: at(minute * 60)) == .interrupted(room, feed))
            #expect(news.take(.resumed(room, feed), at: at(minute * 60 + 1)) == .resumed(room, feed))
        }
    }

    @Test func `a desk that comes and goes all the time is told a bounded number of times, and as it stands in the end`() {
        var news = FeedNews()
        var told: [FeedNotice] = []
        for turn in 0..<1000 {
            let notice = turn.isMultiple(of: 2) ? FeedNotice.interrupted(room, feed) : .resumed(room, feed)
            told += [news.take(notice, at: at(turn / 10))].compactMap(\.self)
        }
        #expect(told.count <= FeedNews.burst + 100 / 6 + 1)
        #expect(news.due(at: at(110)) == [.resumed(room, feed)])
        #expect(news.due(at: at(120)).isEmpty)
    }

    @Test func `one room's desk does not silence another's`() {
        var news = FeedNews()
        for _ in 0..<100 { _ = news.take(.interrupted(room, feed), at: start) }
        let other = FeedNotice.started(RoomID(at: House.noon), feed)
        #expect(news.take(other, at: start) == other)
    }
}
