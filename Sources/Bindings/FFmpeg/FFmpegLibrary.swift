import CFFmpeg

/// The FFmpeg that the program runs with. It is loaded by the first call of any of its functions.
package enum FFmpegLibrary {
    /// Its release, as its packager names it: `5.1.9-0+deb12u1`.
    package static var release: String { unsafe String(cString: av_version_info()) }

    /// The libraries loaded at run time and their versions: `libavformat 59.27.100`.
    package static var libraries: [String] {
        [
            named("libavformat", avformat_version()),
            named("libavcodec", avcodec_version()),
            named("libavutil", avutil_version()),
            named("libswresample", swresample_version()),
            named("libswscale", swscale_version()),
        ]
    }

    /// Makes sure that FFmpeg can be loaded when it is needed, without loading it here. Takes about 50 ms, in which it blocks.
    package static func find() throws(FFmpegMissing) {
        let (isThere, reason) = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { reason in
            let isThere = unsafe hemicycle_find_libraries(reason.baseAddress, reason.count) != 0
            return (isThere, unsafe reason.baseAddress.map { unsafe String(cString: $0) } ?? "")
        }
        guard isThere else { throw FFmpegMissing(reason: reason) }
    }

    /// A version packs three numbers as `AV_VERSION_INT` does: eight bits each for minor and micro.
    private static func named(_ library: String, _ version: UInt32) -> String {
        "\(library) \(version >> 16).\(version >> 8 & 0xff).\(version & 0xff)"
    }
}
