import Media
import RTP
package import Streams

/// Carries one feed to those who watch it by WebRTC: its packets are made once, while somebody watches.
package final class FeedRelay: Sendable {
    /// Why a feed cannot be watched by WebRTC.
    package enum Obstacle: Error, Hashable, Sendable {
        /// It has not said yet how its pictures are coded.
        case noPicture
        /// Its pictures are shown in another order than they are decoded in (B-frames), which RTP receivers do not undo.
        case reorders
    }

    package let packets: PacketRelay
    private let feed: Feed
    private let reader: FeedReader

    package init(_ feed: Feed) throws(Obstacle) {
        let formats = feed.health.formats
        guard let picture = formats.lazy.compactMap(\.picture).first else { throw .noPicture }
        guard !picture.reorders else { throw .reorders }
        self.feed = feed
        packets = PacketRelay(coding: .h264)
        reader = feed.read()
    }

    /// Until the feed ends or comes to what WebRTC cannot carry, or until `close`.
    package func run() async {
        var packetiser: PicturePacketiser?
        var sound = SoundPacketiser()
        reading: while case let events = await reader.next(), !events.isEmpty {
            for event in events {
                switch event {
                case .format(.picture(let format)):
                    guard !format.reorders, let fitting = try? PicturePacketiser(format) else { break reading }
                    packetiser = fitting
                case .frame(let frame) where frame.kind == .picture:
                    if let group = packetiser?.group(frame) { packets.publish([group]) }
                case .interrupted, .overrun: packets.interrupt()
                case .format, .frame, .ended: break
                }
            }
            // Behind the pictures: of a backlog there is much to encode, and what is seen first need not wait for it.
            let heard = sound.groups(events)
            if !heard.isEmpty { packets.publish(heard) }
        }
        close()
        packets.end()
    }

    /// Nobody watches any more.
    package func close() { feed.release(reader) }
}

extension TrackFormat {
    fileprivate var picture: PictureFormat? {
        if case .picture(let picture) = self { picture } else { nil }
    }
}
