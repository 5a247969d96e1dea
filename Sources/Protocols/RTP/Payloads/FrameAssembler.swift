package import NIOCore

/// A coded picture as it was put together from packets.
package struct CodedFrame: Hashable, Sendable {
    package let timestamp: UInt32
    package let isKey: Bool
    /// H.264: NAL units, each behind its length in 4 bytes. AV1: OBUs, each with its size, without temporal delimiters. VP8 and
    /// VP9: the frame.
    package let bytes: ByteBuffer
}

/// Puts one frame together. What it throws costs that frame.
protocol Depacketiser: Sendable {
    mutating func append(_ payload: ByteBuffer) throws(RTPError)
    /// What was appended since the last frame, and whether a decoder may begin there; nil where it is nothing whole.
    mutating func finish() -> (bytes: ByteBuffer, isKey: Bool)?
    mutating func discard()
}

/// Makes the frames of one picture from its packets, which come in order (from a `JitterBuffer`).
///
/// A frame of which a packet is missing is never put out, and neither is what follows it up to the next key frame.
package struct FrameAssembler: Sendable {
    /// A frame beyond is given up; a key frame of 8K is about 4 MB.
    package static let maximumFrame = 8 << 20

    private let coding: PictureCoding
    private var depacketiser: any Depacketiser
    /// Of the frame in hand.
    private var timestamp: UInt32?
    private var length = 0
    private var isBroken = false
    private var isBegun = false
    /// Whether pictures are missing until the next key frame: one should be asked for.
    package private(set) var awaitsKeyFrame = true

    package init(_ coding: PictureCoding) {
        self.coding = coding
        depacketiser = coding.depacketiser()
    }

    /// The frames that the packet ends: one as a rule, two where the one before it had no marker.
    package mutating func append(_ packet: RTPPacket) -> [CodedFrame] {
        guard packet.payload.readableBytes > 0 else { return [] }
        var frames: [CodedFrame] = []
        if let timestamp, timestamp != packet.header.timestamp, let frame = finish() { frames.append(frame) }
        timestamp = packet.header.timestamp
        add(packet.payload)
        if packet.header.hasMarker, let frame = finish() { frames.append(frame) }
        return frames
    }

    /// Packets are missing between the last one and the next.
    package mutating func lose() {
        isBroken = timestamp != nil
        awaitsKeyFrame = true
    }

    /// Where a key frame is awaited, all before its first packet is left out: that packet may be among those that are missing.
    private mutating func add(_ payload: ByteBuffer) {
        isBegun = isBegun || !awaitsKeyFrame || coding.beginsKeyFrame(payload)
        guard isBegun else { return }
        length += payload.readableBytes
        guard length <= Self.maximumFrame else { return lose() }
        do throws(RTPError) {
            if !isBroken { try depacketiser.append(payload) }
        } catch {
            lose()
        }
    }

    private mutating func finish() -> CodedFrame? {
        defer { begin() }
        guard let timestamp, !isBroken, let (bytes, isKey) = depacketiser.finish(), isKey || !awaitsKeyFrame else { return nil }
        awaitsKeyFrame = false
        return CodedFrame(timestamp: timestamp, isKey: isKey, bytes: bytes)
    }

    private mutating func begin() {
        depacketiser.discard()
        (timestamp, length, isBroken, isBegun) = (nil, 0, false, false)
    }
}
