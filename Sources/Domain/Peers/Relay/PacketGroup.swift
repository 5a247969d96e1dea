package import Media
package import NIOCore
package import Time

/// The RTP packets of one frame of a feed, as they go to every viewer: made once, shared by all of them. Each viewer gives them
/// headers of its own.
package final class PacketGroup: Sendable {
    package struct Packet: Sendable {
        package let payload: ByteBuffer
        package let hasMarker: Bool

        package init(payload: ByteBuffer, hasMarker: Bool) {
            self.payload = payload
            self.hasMarker = hasMarker
        }
    }

    package let kind: TrackKind
    /// Whether decoding may begin here. Every group of sound is one.
    package let isKey: Bool
    /// Where it stands among the groups of its kind, in the ticks of the stream's clock: exact in its steps.
    package let time: MediaTime
    /// When it was captured, on the line that picture and sound share.
    package let instant: UTCInstant
    package let packets: [Packet]
    /// Of all payloads.
    package let bytes: Int

    package init(kind: TrackKind, isKey: Bool, time: MediaTime, instant: UTCInstant, packets: [Packet]) {
        self.kind = kind
        self.isKey = isKey
        self.time = time
        self.instant = instant
        self.packets = packets
        bytes = packets.reduce(0) { $0 + $1.payload.readableBytes }
    }
}
