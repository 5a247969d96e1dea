import CFFmpeg
import Media
import Time

/// An MP4 file that libavformat reads, and owns all that it allocates for that.
@safe struct InputFile: ~Copyable {
    let context: UnsafeMutablePointer<AVFormatContext>

    /// - Parameter path: on the disk; never taken for an address.
    init(_ path: String) throws(FFmpegError) {
        var opened: UnsafeMutablePointer<AVFormatContext>?
        let format = unsafe av_find_input_format("mov")
        try check("opening \(path)") { unsafe avformat_open_input(&opened, "file:" + path, format, nil) }
        unsafe self.context = try allocated("opening \(path)", opened)
    }

    deinit {
        var context: UnsafeMutablePointer<AVFormatContext>? = unsafe context
        unsafe avformat_close_input(&context)
    }

    /// The tracks in the file's order; none of its other streams is used.
    var streamCount: Int { unsafe Int(context.pointee.nb_streams) }

    /// - Precondition: `place` is less than `streamCount`.
    func stream(_ place: Int) -> UnsafeMutablePointer<AVStream>? {
        precondition(place >= 0 && place < streamCount, "a place among the file's own tracks")
        return unsafe context.pointee.streams[place]
    }

    /// The first track of this kind.
    func firstStream(of kind: TrackKind) -> UnsafeMutablePointer<AVStream>? {
        let wanted = kind == .picture ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO
        for place in 0..<streamCount {
            guard let stream = unsafe stream(place) else { continue }
            if unsafe stream.pointee.codecpar.pointee.codec_type == wanted { return unsafe stream }
        }
        return nil
    }

    /// Reads the next frame of any track into the packet, in place of what it held.
    func read(into packet: borrowing Packet) throws(FFmpegError) -> Outcome {
        unsafe av_packet_unref(packet.pointer)
        let pointer = unsafe packet.pointer
        return try attempt("reading a frame") { unsafe av_read_frame(context, pointer) }
    }
}

extension InputFile {
    /// Goes to the last key frame of a track that is decoded at or before `time`, in its ticks, or else to its beginning.
    func seek(_ stream: UnsafeMutablePointer<AVStream>, to time: Int64) throws(FFmpegError) {
        let index = unsafe stream.pointee.index
        let backward = unsafe av_seek_frame(context, index, time, AVSEEK_FLAG_BACKWARD)
        guard backward < 0 else { return }
        try check("finding a place") { unsafe av_seek_frame(context, index, time, 0) }
    }
}
