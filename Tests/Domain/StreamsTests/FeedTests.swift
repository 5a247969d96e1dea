import Identifiers
import Media
import Synchronization
import Testing
import Time

@testable import Streams

@Suite(.timeLimit(.minutes(5))) struct FeedTests {
    @Test func `a reader that joins late starts at a key frame`() async throws {
        let studio = Studio()
        let desk = try studio.publish()
        for frame in [picture(0, key: true), picture(40), picture(80, key: true), sound(90), picture(120)] { desk.deliver(frame) }
        let reader = try #require(studio.directory.feed(in: studio.room)).read()
        #expect(short(await reader.next()) == ["format", "format", "P!80", "S90", "P120"])
        desk.deliver(picture(160))
        #expect(short(await reader.next()) == ["P160"])
    }

    @Test func `frames before their format, and a format told twice, are dropped`() async throws {
        let directory = Studio().directory
        let room = RoomID(at: start)
        let desk = try directory.publish(to: room, with: StreamKeyID(at: start), way: .rtmp, remoteAddress: "")
        let reader = try #require(directory.feed(in: room)).read()
        desk.deliver(picture(0, key: true))
        desk.declare(h264)
        desk.declare(h264)
        desk.deliver(picture(40, key: true))
        desk.declare(smaller)
        #expect(short(await reader.next()) == ["format", "P!40", "format"])
    }

    @Test func `a jump in time is told before the frame that jumped`() async throws {
        let studio = Studio()
        let desk = try studio.publish()
        let reader = try #require(studio.directory.feed(in: studio.room)).read()
        _ = await reader.next()
        desk.deliver(picture(0, key: true))
        desk.deliver(picture(7_200_000, key: true, arrival: 40))
        #expect(short(await reader.next()) == ["P!0", "interrupted", "P!40"])
    }

    @Test func `a desk that returns goes on with the same feed`() async throws {
        let studio = Studio()
        let desk = try studio.publish()
        let feed = try #require(studio.directory.feed(in: studio.room))
        let reader = feed.read()
        _ = await reader.next()
        desk.deliver(picture(0, key: true))
        desk.end()
        #expect(feed.health.state == .interrupted)
        let again = try studio.publish()
        #expect(again.id == desk.id)
        again.deliver(picture(0, key: true, arrival: 10_000))
        #expect(short(await reader.next()) == ["P!0", "interrupted", "interrupted", "P!10000"])
        #expect(feed.health.interruptions == 1)
        #expect(studio.notices.all == ["started", "interrupted", "resumed"])
    }

    @Test func `what the earlier connection still sends is dropped`() async throws {
        let studio = Studio()
        let desk = try studio.publish()
        desk.end()
        let again = try studio.publish()
        let feed = try #require(studio.directory.feed(in: studio.room))
        let reader = feed.read()
        _ = await reader.next()
        desk.deliver(picture(0, key: true))
        desk.declare(smaller)
        desk.end()
        again.deliver(picture(0, key: true, arrival: 40))
        #expect(short(await reader.next()).last == "P!40")
        #expect(feed.health.state == .live)
        #expect(feed.health.formats == [h264, aac])
    }

    @Test func `its health counts and measures`() throws {
        let studio = Studio()
        let desk = try studio.publish()
        for index in 0...80 { desk.deliver(picture(Int64(index) * 40, key: index.isMultiple(of: 25), bytes: 1000)) }
        let health = try #require(studio.directory.feed(in: studio.room)).health
        #expect(health.state == .live && health.way == .rtmp && health.formats == [h264, aac])
        #expect(health.frameRate > 24 && health.frameRate < 26)
        #expect(health.bitrate > 190_000 && health.bitrate < 210_000)
        #expect(health.keyFrameInterval == 1)
        #expect(health.lastFrame == start.advanced(by: .milliseconds(3200)))
        #expect(health.lastKeyFrame == start.advanced(by: .seconds(3)))
    }

    @Test func `it goes on measuring when the wall clock is set back`() throws {
        let studio = Studio()
        let desk = try studio.publish()
        for index in 0...160 {
            let own = Int64(index) * 40
            desk.deliver(picture(own, key: index.isMultiple(of: 25), arrival: index < 80 ? own : own - 3_600_000, bytes: 1000))
        }
        let health = try #require(studio.directory.feed(in: studio.room)).health
        #expect(health.frameRate > 24 && health.frameRate < 26)
        #expect(health.lastFrame == start.advanced(by: .milliseconds(6400 - 3_600_000)))
    }

    @Test func `a released reader hears nothing more, and its losses stay counted`() async throws {
        let studio = Studio()
        let desk = try studio.publish()
        let feed = try #require(studio.directory.feed(in: studio.room))
        let reader = feed.read()
        for index in 0...1200 { desk.deliver(picture(Int64(index) * 4, key: index == 0)) }
        let dropped = feed.health.framesDropped
        #expect(dropped > 0 && feed.health.readers == 1)
        feed.release(reader)
        #expect(feed.health.framesDropped == dropped)
        #expect(feed.health.readers == 0)
    }
}

@Suite(.timeLimit(.minutes(5))) struct FeedDirectoryTests {
    @Test func `the design's times are the defaults`() {
        let configuration = FeedDirectory.Configuration()
        #expect(configuration.silence == .seconds(2))
        #expect(configuration.patience == .seconds(60))
    }

    @Test func `while a desk publishes another is refused, and changes nothing`() async throws {
        let studio = Studio()
        let desk = try studio.publish()
        let refusal = #expect(throws: PublishRefusal.self) { try studio.publish() }
        #expect(refusal?.code == .alreadyPublishing)
        let reader = try #require(studio.directory.feed(in: studio.room)).read()
        _ = await reader.next()
        desk.deliver(picture(0, key: true))
        #expect(short(await reader.next()) == ["P!0"])
        #expect(studio.notices.all == ["started"])
    }

    @Test func `a desk that has been silent long enough gives way, and is told so once`() async throws {
        let studio = Studio { $0.silence = .zero }
        let desk = try studio.publish()
        let told = Mutex<[PublishRefusal.Code]>([])
        desk.onCutOff { refusal in told.withLock { $0.append(refusal.code) } }
        let second = try studio.publish()
        #expect(second.id == desk.id)
        desk.end()
        #expect(told.withLock { $0 } == [.alreadyPublishing])
        #expect(studio.directory.feed(in: studio.room)?.health.state == .live)
        #expect(studio.notices.all == ["started", "resumed"])
    }

    @Test func `another key takes nothing from a desk that is silent, but goes on where it has left`() async throws {
        let studio = Studio { $0.silence = .zero }
        let desk = try studio.publish()
        let other = StreamKeyID(at: start)
        #expect(throws: PublishRefusal.self) { try studio.publish(with: other) }
        desk.end()
        #expect(try studio.publish(with: other).id == desk.id)
    }

    @Test func `a revoked key ends its own feed and no other key's`() throws {
        let studio = Studio()
        let desk = try studio.publish()
        let told = Mutex<[PublishRefusal.Code]>([])
        desk.onCutOff { refusal in told.withLock { $0.append(refusal.code) } }
        let revoked = PublishRefusal(.unknownKey, "revoked")
        studio.directory.end(in: studio.room, publishedWith: StreamKeyID(at: start), revoked)
        #expect(studio.directory.feed(in: studio.room)?.id == desk.id)
        studio.directory.end(in: studio.room, publishedWith: studio.key, revoked)
        #expect(studio.directory.feed(in: studio.room) == nil)
        #expect(told.withLock { $0 } == [.unknownKey])
    }

    @Test func `who learns late that he was displaced is told at once`() throws {
        let studio = Studio { $0.silence = .zero }
        let desk = try studio.publish()
        _ = try studio.publish()
        let told = Mutex<PublishRefusal.Code?>(nil)
        desk.onCutOff { refusal in told.withLock { $0 = refusal.code } }
        #expect(told.withLock { $0 } == .alreadyPublishing)
    }

    @Test func `a feed whose desk stays away is swept, one that is live is not`() async throws {
        let studio = Studio { $0.patience = .zero }
        let away = RoomID(at: start)
        try studio.publish(to: away).end()
        _ = try studio.publish()
        let reader = try #require(studio.directory.feed(in: away)).read()
        studio.directory.sweep()
        #expect(studio.directory.feed(in: away) == nil)
        #expect(studio.directory.feed(in: studio.room) != nil)
        #expect(short(await reader.next()).last == "ended")
        #expect(try studio.publish(to: away).id != studio.directory.feed(in: studio.room)?.id)
    }

    @Test func `an interrupted feed waits while there is patience`() throws {
        let studio = Studio()
        try studio.publish().end()
        studio.directory.sweep()
        #expect(studio.directory.feed(in: studio.room)?.health.state == .interrupted)
    }

    @Test func `ending a feed tells its desk and its readers, and readers who come later`() async throws {
        let studio = Studio()
        let desk = try studio.publish()
        let told = Mutex<PublishRefusal?>(nil)
        desk.onCutOff { refusal in told.withLock { $0 = refusal } }
        let feed = try #require(studio.directory.feed(in: studio.room))
        let reader = feed.read()
        let reason = PublishRefusal(.unavailable, "The server is stopping.")
        studio.directory.endAll(reason)
        #expect(told.withLock { $0 } == reason)
        #expect(short(await reader.next()).last == "ended")
        #expect(short(await feed.read().next()).last == "ended")
        desk.deliver(picture(0, key: true))
        desk.end()
        #expect(studio.notices.all == ["started", "ended"])
    }

    @Test func `no more feeds than the maximum are carried`() throws {
        let studio = Studio { $0.maximumFeeds = 2 }
        _ = try studio.publish()
        _ = try studio.publish(to: RoomID(at: start))
        let refusal = #expect(throws: PublishRefusal.self) { try studio.publish(to: RoomID(at: start)) }
        #expect(refusal?.code == .unavailable)
    }

    @Test func `a key prints as redacted`() {
        let request = PublishRequest(key: StreamKeySecret("hc_stream_x"), way: .rtmp, remoteAddress: "")
        #expect(!"\(request)".contains("hc_stream_x"))
    }
}
