import NIOCore
import RTP

/// Makes frames of packets that come in order, and keeps the packets with them.
struct FrameGatherer {
    struct Gathered {
        let timestamp: UInt32
        let isKey: Bool
        let coded: ByteBuffer
        let packets: [PacketGroup.Packet]
    }

    /// Packets that one frame may have; a key frame of 8 MB has about that many.
    private static let maximumPackets = 8192

    /// Nil for sound, of which each packet is a frame.
    private var assembler: FrameAssembler?
    private var timestamp: UInt32?
    private var packets: [PacketGroup.Packet] = []

    init(_ coding: PictureCoding?) {
        assembler = coding.map { FrameAssembler($0) }
    }

    /// Whether nothing can be decoded until the next key frame.
    var awaitsKeyFrame: Bool { assembler?.awaitsKeyFrame ?? false }

    mutating func lose() {
        assembler?.lose()
    }

    mutating func append(_ packet: RTPPacket) -> [Gathered] {
        guard packet.payload.readableBytes > 0 else { return [] }
        let piece = PacketGroup.Packet(payload: packet.payload, hasMarker: packet.header.hasMarker)
        guard assembler != nil else {
            return [Gathered(timestamp: packet.header.timestamp, isKey: true, coded: packet.payload, packets: [piece])]
        }
        let before = packet.header.timestamp == timestamp ? [] : packets
        if packet.header.timestamp != timestamp { (timestamp, packets) = (packet.header.timestamp, []) }
        if packets.count < Self.maximumPackets { packets.append(piece) }
        return (assembler?.append(packet) ?? []).map { frame in
            let own = frame.timestamp == packet.header.timestamp ? packets : before
            return Gathered(timestamp: frame.timestamp, isKey: frame.isKey, coded: frame.bytes, packets: own)
        }
    }
}
