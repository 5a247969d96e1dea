import CFFmpeg
import Media
import NIOCore

/// A muxer of libavformat that writes into memory, and owns all that it allocates.
///
/// The bytes gather in one of libavformat's growing buffers, which is exchanged for a fresh one when they are taken: the muxer
/// writes forwards only and never needs to seek back.
@safe struct MemoryOutput: ~Copyable {
    let context: UnsafeMutablePointer<AVFormatContext>

    /// - Parameter format: the short name of one of libavformat's muxers, such as `mp4`.
    init(format: String) throws(FFmpegError) {
        var made: UnsafeMutablePointer<AVFormatContext>?
        try check("making a muxer") { unsafe avformat_alloc_output_context2(&made, nil, format, nil) }
        unsafe self.context = try allocated("making a muxer", made)
        unsafe context.pointee.flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT
        // No filter looks into the frames, which come without the padding that parsers of libavcodec ask for.
        unsafe context.pointee.flags &= ~AVFMT_FLAG_AUTO_BSF
    }

    deinit {
        discardBuffer()
        unsafe avformat_free_context(context)
    }

    /// Gives the muxer a fresh buffer to write to.
    func open() throws(FFmpegError) {
        try check("making a buffer") { unsafe avio_open_dyn_buf(&context.pointee.pb) }
        unsafe context.pointee.pb.pointee.seekable = 0
    }

    /// All that was written since the last call.
    func take() throws(FFmpegError) -> ByteBuffer {
        var start: UnsafeMutablePointer<UInt8>?
        let count = unsafe avio_close_dyn_buf(context.pointee.pb, &start)
        defer { unsafe av_free(start) }
        unsafe context.pointee.pb = nil
        try open()
        return unsafe ByteBuffer(bytes: UnsafeRawBufferPointer(start: start, count: Int(count)))
    }

    /// Adds the track of which `format` tells.
    func addStream(_ format: TrackFormat) throws(FFmpegError) -> UnsafeMutablePointer<AVStream> {
        let stream = unsafe try allocated("adding a track", avformat_new_stream(context, nil))
        unsafe stream.pointee.time_base = AVRational(num: 1, den: format.timescale)
        try unsafe stream.pointee.codecpar.pointee.describe(format)
        return unsafe stream
    }

    private func discardBuffer() {
        guard unsafe context.pointee.pb != nil else { return }
        var start: UnsafeMutablePointer<UInt8>?
        unsafe avio_close_dyn_buf(context.pointee.pb, &start)
        unsafe av_free(start)
    }
}
