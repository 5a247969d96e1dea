import CFFmpeg
package import Media
package import NIOCore

/// Writes one track as fragmented MP4 in memory: an initialisation section, then one `moof` and `mdat` for each flush.
///
/// All times are in ticks of the format's timescale. They come out bit-exact: the `tfdt` of a fragment is the decode time of
/// its first frame. Decode times rise strictly and are never negative, since libavformat would shift all of them otherwise.
///
/// The recipe is fixed, each part for its own reason:
/// - `empty_moov`: the initialisation section is there before the first frame;
/// - `frag_custom`: a fragment ends when `flush` says so, and only then;
/// - `default_base_moof`: offsets count from the fragment's own start, so that fragments stand alone (ISO/IEC 23000-19
///   §7.5.16);
/// - `frag_discont`: the fragment's decode time is what its first frame says, not what the one before adds up to. libavformat
///   takes it once for each setting;
/// - `skip_trailer`: libavformat keeps no index of the fragments, which would grow as long as the track lasts;
/// - no edit list and no shifting of timestamps.
@safe package struct FragmentMuxer: ~Copyable {
    /// `ftyp` and `moov` of the track.
    package let initialisation: ByteBuffer
    package let format: TrackFormat
    private let output: MemoryOutput
    private let packet: Packet
    private var holdsFrames = false

    package init(format: TrackFormat) throws(FFmpegError) {
        let packet = try Packet()
        let output = try MemoryOutput(format: "mp4")
        self.initialisation = try Self.begin(format, on: output)
        self.format = format
        self.packet = packet
        self.output = output
    }

    /// Adds a frame to the running fragment.
    ///
    /// - Throws: where libavformat refuses the frame; the fragment goes on without it.
    package mutating func write(
        _ payload: ByteBuffer, decodeTime: Int64, presentationTime: Int64, duration: Int64, isKey: Bool
    ) throws(FFmpegError) {
        try unsafe packet.borrow(payload) { packet throws(FFmpegError) in
            unsafe packet.pointee.dts = decodeTime
            unsafe packet.pointee.pts = presentationTime
            unsafe packet.pointee.duration = duration
            unsafe packet.pointee.flags = isKey ? AV_PKT_FLAG_KEY : 0
            try check("writing a frame") { unsafe av_write_frame(output.context, packet) }
        }
        holdsFrames = true
    }

    /// Ends the running fragment: one `moof` and one `mdat`, or nothing where no frame was written since the last one.
    package mutating func flush() throws(FFmpegError) -> ByteBuffer {
        guard holdsFrames else { return ByteBuffer() }
        try check("ending a fragment") { unsafe av_write_frame(output.context, nil) }
        holdsFrames = false
        try check("starting a fragment") {
            unsafe av_opt_set(output.context.pointee.priv_data, "movflags", "+frag_discont", 0)
        }
        return try output.take()
    }

    /// Writes the initialisation section of the only track.
    private static func begin(_ format: TrackFormat, on output: borrowing MemoryOutput) throws(FFmpegError) -> ByteBuffer {
        let stream = unsafe try output.addStream(format)
        try output.open()
        try writeHeader(output)
        guard unsafe stream.pointee.time_base.den == format.timescale else {
            throw FFmpegError(.invalidArgument, while: "keeping the track's timescale")
        }
        return try output.take()
    }

    private static func writeHeader(_ output: borrowing MemoryOutput) throws(FFmpegError) {
        var options: OpaquePointer?
        defer { unsafe av_dict_free(&options) }
        for (name, value) in recipe {
            try check("choosing how to write") { unsafe av_dict_set(&options, name, value, 0) }
        }
        let context = unsafe output.context
        try check("writing the initialisation section") { unsafe avformat_write_header(context, &options) }
    }

    private static let recipe = [
        ("movflags", "empty_moov+frag_custom+default_base_moof+frag_discont+skip_trailer"),
        ("avoid_negative_ts", "disabled"),
        ("use_editlist", "0"),
    ]
}

/// Only one owner at a time can reach libavformat's context through a value that cannot be copied, and libavformat ties it
/// to no thread.
extension FragmentMuxer: @unchecked Sendable {}
