package import NIOCore
package import Time

/// One access unit of one track: a coded picture, or a packet of sound.
package struct MediaFrame: Hashable, Sendable {
    package let kind: TrackKind
    /// When it is decoded, on the time line of its owner (a connection's own before the feed, the feed's after it).
    package let decodeTime: MediaTime
    /// How much later it is shown than decoded, in the ticks of `decodeTime`; not negative.
    package let presentationOffset: Int64
    /// Whether decoding may begin here. Every frame of sound is one.
    package let isKey: Bool
    /// The codec's own unit: length-prefixed NAL units for H.264 (ISO/IEC 14496-15), a raw data block for AAC.
    package let payload: ByteBuffer
    /// When the server had received it whole.
    package let receivedAt: UTCInstant

    package init(
        kind: TrackKind, decodeTime: MediaTime, presentationOffset: Int64, isKey: Bool, payload: ByteBuffer,
        receivedAt: UTCInstant
    ) {
        self.kind = kind
        self.decodeTime = decodeTime
        self.presentationOffset = presentationOffset
        self.isKey = isKey
        self.payload = payload
        self.receivedAt = receivedAt
    }
}
