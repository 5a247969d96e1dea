import Media
import NIOCore

/// The frames since the last key frame of the picture, so that a reader who joins late starts at once.
///
/// Bounded: a group of pictures beyond the bounds is forgotten, and joining then waits for the next key frame.
struct KeyFrameCache {
    static let maximumFrames = 1500
    static let maximumBytes = 32 << 20

    private(set) var frames: [MediaFrame] = []
    private var bytes = 0

    mutating func append(_ frame: MediaFrame) {
        if frame.kind == .picture && frame.isKey {
            clear()
        } else if frames.isEmpty {
            return
        }
        frames.append(frame)
        bytes += frame.payload.readableBytes
        if frames.count > Self.maximumFrames || bytes > Self.maximumBytes { clear() }
    }

    mutating func clear() {
        frames.removeAll(keepingCapacity: true)
        bytes = 0
    }
}
