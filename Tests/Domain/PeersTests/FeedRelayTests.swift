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

    private func publish() throws -> (FeedDirectory, Feed, Publication) {
        let directory = FeedDirectory(configuration: .init(), clock: Clock()) { _ in }
        let room = RoomID(at: Clock().now())
        let publication = try directory.publish(
            to: room, with: StreamKeyID(at: Clock().now()), way: .rtmp, remoteAddress: "127.0.0.1")
        return (directory, try #require(directory.feed(in: room)), publication)
    }

    /// The groups that a relay makes of what the camera gives.
    private func groups() async throws -> [PacketGroup] {
        let (directory, feed, publication) = try publish()
        let items = try Self.take.get()
        for case .format(let format) in items { publication.declare(format) }
        let relay = try FeedRelay(feed)
        let groups = Mutex<[PacketGroup]>([])
        _ = relay.packets.join { event in
            if case .groups(let more) = event { groups.withLock { $0 += more } }
        }
        for case .frame(let frame) in items { publication.deliver(frame) }
        directory.endAll(PublishRefusal(.unavailable, "over"))
        await relay.run()
        #expect(feed.health.readers == 0)
        return groups.withLock { $0 }
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
