import CFFmpeg

/// The FFmpeg that the program runs with.
package enum FFmpegLibrary {
    /// Its release, as its packager names it: `5.1.9-0+deb12u1`.
    package static var release: String { unsafe String(cString: av_version_info()) }

    /// The libraries loaded at run time and their versions: `libavformat 59.27.100`.
    package static var libraries: [String] {
        [
            named("libavformat", avformat_version()),
            named("libavcodec", avcodec_version()),
            named("libavutil", avutil_version()),
            named("libswscale", swscale_version()),
        ]
    }

    /// Takes FFmpeg's log from the standard error stream before the first call: errors carry what it says instead.
    static func prepare() {
        _ = isPrepared
    }

    private static let isPrepared: Bool = {
        hemicycle_collect_log()
        return true
    }()

    /// A version packs three numbers as `AV_VERSION_INT` does: eight bits each for minor and micro.
    private static func named(_ library: String, _ version: UInt32) -> String {
        "\(library) \(version >> 16).\(version >> 8 & 0xff).\(version & 0xff)"
    }
}
