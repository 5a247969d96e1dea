import Media
import NIOCore
import Time

/// Measures a feed over windows of two seconds.
struct FeedMeter {
    static let window: Duration = .seconds(2)

    private(set) var bitrate = 0
    private(set) var frameRate = 0.0
    private(set) var lastFrame: UTCInstant?
    private(set) var lastKeyFrame: UTCInstant?
    /// Seconds between the last two key frames of the picture, on the time line.
    private(set) var keyFrameInterval: Double?

    private var windowStart: UTCInstant?
    private var bytes = 0
    private var pictures = 0
    private var lastKeyTime: MediaTime?

    mutating func count(_ frame: MediaFrame) {
        close(windowAt: frame.receivedAt)
        bytes += frame.payload.readableBytes
        lastFrame = frame.receivedAt
        guard frame.kind == .picture else { return }
        pictures += 1
        if frame.isKey { countKey(frame) }
    }

    /// The publisher is away: nothing flows.
    mutating func stop() {
        (bitrate, frameRate, bytes, pictures) = (0, 0, 0, 0)
        (windowStart, lastKeyTime, keyFrameInterval) = (nil, nil, nil)
    }

    private mutating func countKey(_ frame: MediaFrame) {
        lastKeyFrame = frame.receivedAt
        if let lastKeyTime { keyFrameInterval = (frame.decodeTime - lastKeyTime).seconds }
        lastKeyTime = frame.decodeTime
    }

    private mutating func close(windowAt now: UTCInstant) {
        guard let start = windowStart else {
            windowStart = now
            return
        }
        let seconds = now.since(start).inSeconds
        guard seconds >= Self.window.inSeconds || seconds < 0 else { return }
        // A wall clock that was set back measures nothing: the window begins anew.
        guard seconds > 0 else { return (windowStart, bytes, pictures) = (now, 0, 0) }
        bitrate = Int(clamping: Int64(Double(bytes) * 8 / seconds))
        frameRate = Double(pictures) / seconds
        (windowStart, bytes, pictures) = (now, 0, 0)
    }
}
