package import FFmpeg

/// Frames that could not be written, counted; only the last reason is kept.
package struct FaultCount: Hashable, Sendable {
    package private(set) var count = 0
    package private(set) var last: FFmpegError?

    mutating func count(_ error: FFmpegError) {
        count += 1
        last = error
    }
}
