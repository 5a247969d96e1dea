package import NIOCore

/// How the payloads of a picture's packets are to be understood.
package enum PictureCoding: String, CaseIterable, Hashable, Sendable {
    case h264
    case vp8
    case vp9
    case av1

    /// Ticks a second of the timestamps of every picture (RFC 6184 §8.2.1 and its kin).
    package static let clockRate: Int32 = 90_000

    /// Whether a decoder may begin with the packet of this payload. Such a packet is the first of its frame, or of what counts.
    package func beginsKeyFrame(_ payload: ByteBuffer) -> Bool {
        switch self {
        case .h264: H264Payload.beginsKeyFrame(payload)
        case .vp8: (try? VP8Descriptor.read(payload))?.beginsKeyFrame ?? false
        case .vp9: (try? VP9Descriptor.read(payload))?.beginsKeyFrame ?? false
        case .av1: AV1Payload.beginsSequence(payload)
        }
    }

    func depacketiser() -> any Depacketiser {
        switch self {
        case .h264: H264Depacketiser()
        case .vp8: VP8Depacketiser()
        case .vp9: VP9Depacketiser()
        case .av1: AV1Depacketiser()
        }
    }
}
