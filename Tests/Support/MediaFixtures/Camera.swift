import Foundation
package import Media
import NIOCore
import Time

/// A desk's camera and microphone, for tests: what the `ffmpeg` program encodes of a test picture and a tone.
package struct Camera: Hashable, Sendable {
    package var width: Int32 = 160
    package var height: Int32 = 90
    package var framesPerSecond = 30
    /// Pictures from one key frame to the next.
    package var keyInterval = 60
    /// The most B-frames in a row.
    package var reordering = 0
    package var sampleRate = 48_000
    package var seconds = 6
    package var hasPicture = true
    package var hasSound = true
    /// Seconds of silence before the tone.
    package var silence = 0

    package init() {}

    package enum Failure: Error {
        case ffmpeg(status: Int32)
        case malformedFLV
    }

    /// Formats, and the frames as they are interleaved, on a time line in milliseconds that begins near 0.
    package func record() throws -> [FeedItem] {
        let file = FileManager.default.temporaryDirectory.appending(path: "camera-\(UUID().uuidString).flv")
        defer { try? FileManager.default.removeItem(at: file) }
        try run(writing: file)
        var reader = FLVReader(bytes: ByteBuffer(bytes: try Data(contentsOf: file)), camera: self)
        return try reader.items()
    }

    private func run(writing file: URL) throws {
        let ffmpeg = Process()
        ffmpeg.executableURL = URL(filePath: "/usr/bin/ffmpeg")
        ffmpeg.arguments = ["-v", "error", "-nostdin"] + inputs + encoders + ["-t", "\(seconds)", "-f", "flv", file.path]
        try ffmpeg.run()
        ffmpeg.waitUntilExit()
        guard ffmpeg.terminationStatus == 0 else { throw Failure.ffmpeg(status: ffmpeg.terminationStatus) }
    }

    private var inputs: [String] {
        let picture = ["-f", "lavfi", "-i", "testsrc2=size=\(width)x\(height):rate=\(framesPerSecond)"]
        let sound = ["-f", "lavfi", "-i", "aevalsrc=sin(880*PI*t)/4*gte(t\\,\(silence)):sample_rate=\(sampleRate)"]
        return (hasPicture ? picture : []) + (hasSound ? sound : [])
    }

    private var encoders: [String] {
        let picture = [
            "-c:v", "libx264", "-preset", "ultrafast", "-threads", "1", "-pix_fmt", "yuv420p", "-bf", "\(reordering)",
            "-g", "\(keyInterval)", "-keyint_min", "\(keyInterval)", "-sc_threshold", "0",
        ]
        return (hasPicture ? picture : []) + (hasSound ? ["-c:a", "aac", "-b:a", "64k"] : [])
    }
}

/// What a camera gives, in order.
package enum FeedItem: Hashable, Sendable {
    case format(TrackFormat)
    case frame(MediaFrame)
}
