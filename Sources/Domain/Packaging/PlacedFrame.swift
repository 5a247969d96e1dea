import Media
import NIOCore
import Time

/// A frame on the session's line, in the ticks of its track.
struct PlacedFrame {
    /// An offset beyond this is a mistake of the encoder's and is cut to it.
    static let maximumOffset: Duration = .seconds(10)

    let format: TrackFormat
    let decodeTime: MediaTime
    /// From decoding to showing, in ticks; not negative.
    let presentationOffset: Int64
    let isKey: Bool
    let payload: ByteBuffer

    init(_ frame: MediaFrame, format: TrackFormat, at decodeTime: MediaTime) {
        let offset = MediaTime(ticks: frame.presentationOffset, timescale: frame.decodeTime.timescale)
        let limit = MediaTime(Self.maximumOffset, timescale: format.timescale)
        self.format = format
        self.decodeTime = decodeTime
        self.presentationOffset = min(max(0, offset.rescaled(to: format.timescale).ticks), limit.ticks)
        self.isKey = frame.isKey
        self.payload = frame.payload
    }

    var presentationTime: MediaTime {
        decodeTime + MediaTime(ticks: presentationOffset, timescale: decodeTime.timescale)
    }
}
