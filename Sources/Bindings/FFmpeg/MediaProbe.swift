import CFFmpeg
package import Media
package import Time

/// What libavformat says of a finished MP4 without reading its frames.
package struct MediaProbe: Hashable, Sendable {
    package struct Track: Hashable, Sendable {
        package let kind: TrackKind
        /// As FFmpeg calls it: `h264`, `aac`.
        package let codec: String
        /// The codec's own configuration record; empty where it has none.
        package let configuration: [UInt8]
        package let frames: Int64
        /// When it begins and how long it lasts, in its own timescale; holes count.
        package let start: MediaTime
        package let duration: MediaTime
    }

    /// Pictures and sounds, in the file's order.
    package let tracks: [Track]

    package init(_ path: String) throws(FFmpegError) {
        let input = try InputFile(path)
        tracks = (0..<input.streamCount).compactMap { unsafe input.stream($0).flatMap { unsafe Track($0.pointee) } }
    }
}

extension MediaProbe.Track {
    /// nil for anything that is neither picture nor sound.
    fileprivate init?(_ stream: AVStream) {
        guard let parameters = unsafe stream.codecpar, unsafe stream.time_base.den > 0 else { return nil }
        switch unsafe parameters.pointee.codec_type {
        case AVMEDIA_TYPE_VIDEO: kind = .picture
        case AVMEDIA_TYPE_AUDIO: kind = .sound
        default: return nil
        }
        codec = unsafe String(cString: avcodec_get_name(parameters.pointee.codec_id))
        let record = unsafe UnsafeBufferPointer(
            start: parameters.pointee.extradata, count: max(0, Int(parameters.pointee.extradata_size)))
        configuration = unsafe parameters.pointee.extradata == nil ? [] : Array(record)
        frames = unsafe stream.nb_frames
        start = unsafe MediaTime(ticks: Self.known(stream.start_time), timescale: stream.time_base.den)
        duration = unsafe MediaTime(ticks: Self.known(stream.duration), timescale: stream.time_base.den)
    }

    private static func known(_ time: Int64) -> Int64 { time == HEMICYCLE_AV_NOPTS ? 0 : time }
}
