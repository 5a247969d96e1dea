import Identifiers
import Media
import MediaFixtures
import NIOCore
import RTP
import Streams
import Synchronization
import Testing
import Time

@testable import Peers

struct FeedRelayTests {
    private struct Clock: WallClock {
        func now() -> UTCInstant { UTCInstant(microseconds: 1_700_000_000_000_000) }
    }

    /// Two seconds with pictures of many packets.
    private static let take = Result {
        var camera = Camera()
        (camera.width, camera.height, camera.keyInterval, camera.seconds) = (640, 360, 30, 2)
        return try camera.record()
    }

    /// The same with sound of another rate.
    private static let otherTake = Result {
        var camera = Camera()
        (camera.sampleRate, camera.keyInterval, camera.seconds) = (44_100, 30, 2)
        return try camera.record()
    }

    private func publish() throws -> (FeedDirectory, Feed, Publication) {
        let directory = FeedDirectory(configuration: .init(), clock: Clock()) { _ in }
        let room = RoomID(at: Clock().now())
        let publication = try directory.publish(
            to: room, with: StreamKeyID(at: Clock().now()), way: .rtmp, remoteAddress: "127.0.0.1")
        return (directory, try #require(directory.feed(in: room)), publication)
    }

    /// The groups of one kind that a relay makes of what a camera gives.
    private func groups(_ kind: TrackKind = .picture, of items: [FeedItem]? = nil) async throws -> [PacketGroup] {
        let (directory, feed, publication) = try publish()
        let items = try items ?? Self.take.get()
        let first = items.prefix { if case .format = $0 { true } else { false } }
        for case .format(let format) in first { publication.declare(format) }
        let relay = try FeedRelay(feed)
        let groups = Mutex<[PacketGroup]>([])
        _ = relay.packets.join { event in
            if case .groups(let more) = event { groups.withLock { $0 += more } }
        }
        for item in items.dropFirst(first.count) {
            switch item {
            case .format(let format): publication.declare(format)
            case .frame(let frame): publication.deliver(frame)
            }
        }
        directory.endAll(PublishRefusal(.unavailable, "over"))
        await relay.run()
        #expect(feed.health.readers == 0)
        return groups.withLock { $0.filter { $0.kind == kind } }
    }

    @Test func `each picture is a group that an RTP receiver makes whole again, parameter sets before key frames`() async throws {
        let pictures = try Self.take.get().compactMap { item -> MediaFrame? in
            if case .frame(let frame) = item, frame.kind == .picture { frame } else { nil }
        }
        let groups = try await groups()
        #expect(groups.count == pictures.count)
        #expect(groups.map(\.isKey) == pictures.map(\.isKey))
        for group in groups where group.isKey {
            #expect(PictureCoding.h264.beginsKeyFrame(try #require(group.packets.first).payload))
        }
        #expect(groups.allSatisfy { $0.packets.last?.hasMarker == true && $0.packets.count(where: \.hasMarker) == 1 })
        for (group, picture) in zip(groups, pictures) where !picture.isKey {
            #expect(group.bytes >= picture.payload.readableBytes - 4)
        }
    }

    @Test func `no datagram is larger than every path carries, and those of a frame are of one size but the last`() async throws {
        for group in try await groups() {
            let fragments = group.packets.map(\.payload).filter { $0.readableBytesView.first.map { $0 & 31 } == 28 }
            #expect(group.packets.allSatisfy { $0.payload.readableBytes <= PicturePacketiser.maximumPayload })
            #expect(Set(fragments.dropLast().map(\.readableBytes)).count <= 1)
        }
    }

    @Test func `times go on with the feed, in ticks of RTP's clock`() async throws {
        let times = try await groups().map(\.time)
        #expect(times.allSatisfy { $0.timescale == 90_000 })
        #expect(zip(times, times.dropFirst()).allSatisfy { (2_900...3_100).contains($1.ticks - $0.ticks) })
    }

    @Test(.timeLimit(.minutes(1)))
    func `when the publisher is gone, those who watch are told, and newcomers get nothing of before`() async throws {
        let (directory, feed, publication) = try publish()
        for item in try Self.take.get() {
            switch item {
            case .format(let format): publication.declare(format)
            case .frame(let frame): publication.deliver(frame)
            }
        }
        let relay = try FeedRelay(feed)
        let interruptions = AsyncStream<Int>.makeStream()
        _ = relay.packets.join { event in
            if case .interrupted = event { interruptions.continuation.yield(relay.packets.join { _ in }.backlog.count) }
        }
        async let running: Void = relay.run()
        publication.end()
        var backlogs = interruptions.stream.makeAsyncIterator()
        #expect(await backlogs.next() == 0)
        directory.endAll(PublishRefusal(.unavailable, "over"))
        await running
    }

    @Test func `sound goes as Opus, a packet for each 20 ms, on the line of the pictures`() async throws {
        let sound = try await groups(.sound)
        #expect(sound.allSatisfy { $0.packets.count == 1 && $0.time.timescale == 48_000 })
        #expect(zip(sound, sound.dropFirst()).allSatisfy { $1.time.ticks - $0.time.ticks == 960 })
        let (first, picture) = (try #require(sound.first), try #require(try await groups().first))
        #expect(abs(first.instant.since(picture.instant) / .milliseconds(1)) < 40)
        #expect((95...101).contains(sound.count))
    }

    @Test func `sound that changes its rate in mid-stream goes on, and a feed without sound is carried`() async throws {
        let (items, others) = (try Self.take.get(), try Self.otherTake.get().map { $0.later(by: .seconds(2)) })
        let sound = try await groups(.sound, of: items + others.filter { $0.kind == .sound })
        #expect(sound.allSatisfy { $0.time.timescale == 48_000 })
        let steps = zip(sound, sound.dropFirst()).map { $1.time.ticks - $0.time.ticks }
        #expect(steps.count { $0 != 960 } <= 1)
        #expect(steps.allSatisfy { (960...3_000).contains($0) })
        #expect((190...204).contains(sound.count))
        #expect(try await groups(.picture, of: items.filter { $0.kind == .picture }).count == 60)
    }

    @Test func `a feed that has not said how it is coded, or has B-frames, is not carried`() throws {
        let (_, feed, publication) = try publish()
        #expect(throws: FeedRelay.Obstacle.noPicture) { try FeedRelay(feed) }
        let format = PictureFormat(
            codec: .h264, codecs: "avc1.64001f", width: 2, height: 2, configuration: [], reorders: true)
        publication.declare(.picture(format))
        #expect(throws: FeedRelay.Obstacle.reorders) { try FeedRelay(feed) }
        #expect(feed.health.readers == 0)
    }
}

extension FeedItem {
    fileprivate var kind: TrackKind {
        switch self {
        case .format(let format): format.kind
        case .frame(let frame): frame.kind
        }
    }

    fileprivate func later(by delay: Duration) -> FeedItem {
        guard case .frame(let frame) = self else { return self }
        return .frame(
            MediaFrame(
                kind: frame.kind, decodeTime: frame.decodeTime + MediaTime(delay, timescale: frame.decodeTime.timescale),
                presentationOffset: frame.presentationOffset, isKey: frame.isKey, payload: frame.payload,
                receivedAt: frame.receivedAt))
    }
}
