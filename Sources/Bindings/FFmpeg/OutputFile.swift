import CFFmpeg

/// An MP4 file that libavformat writes for download: whole, its index at the front, no trace of when or by what it was made.
@safe struct OutputFile: ~Copyable {
    let context: UnsafeMutablePointer<AVFormatContext>

    /// Ticks a second of edit lists and durations: fine enough that tracks keep their distance to 11 µs.
    private static let movieTimescale = "90000"

    init(_ path: String) throws(FFmpegError) {
        var made: UnsafeMutablePointer<AVFormatContext>?
        try check("making a muxer") { unsafe avformat_alloc_output_context2(&made, nil, "mp4", "file:" + path) }
        unsafe self.context = try allocated("making a muxer", made)
        unsafe context.pointee.flags |= AVFMT_FLAG_BITEXACT
    }

    deinit {
        unsafe avio_closep(&context.pointee.pb)
        unsafe avformat_free_context(context)
    }

    /// `avc3`: pictures whose parameter sets stand among them and may change (ISO/IEC 14496-15 §5.4.2.1).
    private static let changingPictures: UInt32 = 0x3363_7661

    /// Adds a track coded as that of an input, with its timescale.
    ///
    /// - Parameter carriesParameters: whether the key frames bring the parameter sets that they need.
    /// - Returns: its place among the tracks.
    func addTrack(
        like source: UnsafeMutablePointer<AVStream>, carriesParameters: Bool = false
    ) throws(FFmpegError) -> Int32 {
        let stream = unsafe try allocated("adding a track", avformat_new_stream(context, nil))
        try check("adding a track") {
            unsafe avcodec_parameters_copy(stream.pointee.codecpar, source.pointee.codecpar)
        }
        unsafe stream.pointee.codecpar.pointee.codec_tag = carriesParameters ? Self.changingPictures : 0
        unsafe stream.pointee.time_base = source.pointee.time_base
        return unsafe stream.pointee.index
    }

    /// Creates the file, once all tracks are added.
    func begin() throws(FFmpegError) {
        try check("creating the file") { unsafe avio_open(&context.pointee.pb, context.pointee.url, AVIO_FLAG_WRITE) }
        var options: OpaquePointer?
        defer { unsafe av_dict_free(&options) }
        let recipe = [("movflags", "faststart"), ("movie_timescale", Self.movieTimescale), ("avoid_negative_ts", "disabled")]
        for (name, value) in recipe {
            try check("choosing how to write") { unsafe av_dict_set(&options, name, value, 0) }
        }
        try check("beginning the file") { unsafe avformat_write_header(context, &options) }
    }

    /// Writes a frame, whose times are in `timeBase`, to the track at `place`, and leaves the packet blank.
    func write(_ packet: borrowing Packet, place: Int32, timeBase: AVRational) throws(FFmpegError) {
        let pointer = unsafe packet.pointer
        guard let stream = unsafe context.pointee.streams[Int(place)] else { return }
        unsafe pointer.pointee.stream_index = place
        unsafe pointer.pointee.pos = -1
        unsafe av_packet_rescale_ts(pointer, timeBase, stream.pointee.time_base)
        try check("writing a frame") { unsafe av_write_frame(context, pointer) }
    }

    /// Writes the index and moves it to the front.
    func end() throws(FFmpegError) {
        try check("ending the file") { unsafe av_write_trailer(context) }
        let closed = unsafe avio_closep(&context.pointee.pb)
        try check("closing the file") { closed }
    }
}
