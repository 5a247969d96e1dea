import FFmpeg
import Media
import Streams
import Time

/// Makes the packets of a feed's sound, as they go to every viewer: Opus, whatever it comes as.
struct SoundPacketiser: ~Copyable {
    /// How far sound may be from its timestamps: beyond this it is seen that lips and words do not meet (ITU-R BT.1359).
    private static let tolerance: Duration = .milliseconds(40)

    private var clock = SoundClock(tolerance: tolerance)
    private var format: SoundFormat?
    /// Nil before the sound's format, and for one that cannot be decoded.
    private var transcoder: OpusTranscoder?

    /// What is heard with these events.
    mutating func groups(_ events: [FeedEvent]) -> [PacketGroup] {
        var groups: [PacketGroup] = []
        for event in events {
            switch event {
            case .format(.sound(let format)): adopt(format)
            case .frame(let frame) where frame.kind == .sound: groups += self.groups(frame)
            case .interrupted, .overrun: clock.interrupt()
            case .format, .frame, .ended: break
            }
        }
        return groups
    }

    private mutating func adopt(_ format: SoundFormat) {
        self.format = format
        transcoder = try? OpusTranscoder(format)
        clock.interrupt()
    }

    /// A frame that cannot be decoded is a hole.
    private mutating func groups(_ frame: MediaFrame) -> [PacketGroup] {
        guard let format, let time = clock.stamp(frame.decodeTime, samples: format.samplesPerFrame),
            let packets = try? transcoder?.transcode(frame.payload, at: time)
        else { return [] }
        return packets.map { packet in
            PacketGroup(
                kind: .sound, isKey: true, time: packet.time,
                instant: UTCInstant(microseconds: packet.time.duration.microseconds),
                packets: [PacketGroup.Packet(payload: packet.payload, hasMarker: false)])
        }
    }
}
