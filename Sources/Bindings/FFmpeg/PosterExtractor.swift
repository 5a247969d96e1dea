import CFFmpeg
import Media
import Time

/// Makes a still picture from a recording.
package enum PosterExtractor {
    /// libavcodec's scale from 1, the best, to 31; 4 looks like the video itself.
    private static let quality: Int32 = 4
    /// Frames that are decoded in search of a picture, at most.
    private static let maximumFrames = 250
    /// Luma samples; more than any poster needs, however tall the picture.
    private static let maximumHeight: Int64 = 2048

    /// The picture shown by the key frame at or before `time`, as JPEG, `width` samples wide.
    ///
    /// - Parameters:
    ///   - path: an MP4 with an index.
    ///   - time: from the start of the file.
    ///   - width: at least 2, even.
    /// - Returns: nil where the file has no picture.
    package static func jpeg(from path: String, at time: Duration, width: Int32) throws(FFmpegError) -> [UInt8]? {
        let input = try InputFile(path)
        guard let stream = unsafe input.firstStream(of: .picture) else { return nil }
        try unsafe seek(input, stream, to: time)
        let decoder = try unsafe CodecContext.decoder(of: stream.pointee.codecpar)
        let frame = try Frame()
        guard try unsafe decode(input, stream.pointee.index, with: decoder, into: frame) else { return nil }
        let scaled = try scale(frame, toWidth: width)
        return try encode(scaled)
    }

    private static func seek(
        _ input: borrowing InputFile, _ stream: UnsafeMutablePointer<AVStream>, to time: Duration
    ) throws(FFmpegError) {
        let scale = unsafe stream.pointee.time_base.den
        guard scale > 0 else { throw FFmpegError(.invalidData, while: "finding the place of the poster") }
        let ticks = MediaTime(time, timescale: scale).ticks
        let context = unsafe input.context
        try check("finding the place of the poster") {
            unsafe av_seek_frame(context, stream.pointee.index, ticks, AVSEEK_FLAG_BACKWARD)
        }
    }

    /// Decodes until the first picture comes out.
    private static func decode(
        _ input: borrowing InputFile, _ track: Int32, with decoder: borrowing CodecContext, into frame: borrowing Frame
    ) throws(FFmpegError) -> Bool {
        let packet = try Packet()
        for _ in 0..<maximumFrames {
            guard try input.read(into: packet) == .done else { break }
            guard unsafe packet.pointer.pointee.stream_index == track else { continue }
            _ = try unsafe decoder.send(packet.pointer)
            if try decoder.receive(into: frame) == .done { return true }
        }
        _ = try unsafe decoder.send(nil)
        return try decoder.receive(into: frame) == .done
    }

    private static func scale(_ frame: borrowing Frame, toWidth width: Int32) throws(FFmpegError) -> Frame {
        let scaled = try Frame()
        let (source, target) = unsafe (frame.pointer, scaled.pointer)
        unsafe target.pointee.width = width
        unsafe target.pointee.height = height(of: source.pointee, atWidth: width)
        unsafe target.pointee.format = AV_PIX_FMT_YUVJ420P.rawValue
        try check("making room for the poster") { unsafe av_frame_get_buffer(target, 0) }
        let format = AVPixelFormat(rawValue: unsafe source.pointee.format)
        let scaler = unsafe sws_getContext(
            source.pointee.width, source.pointee.height, format, width, target.pointee.height, AV_PIX_FMT_YUVJ420P,
            SWS_BICUBIC, nil, nil, nil)
        guard let scaler = unsafe scaler else { throw FFmpegError(.invalidArgument, while: "scaling the poster") }
        defer { unsafe sws_freeContext(scaler) }
        try check("scaling the poster") { unsafe sws_scale_frame(scaler, target, source) }
        return scaled
    }

    /// The even height that keeps the shape in which the picture is shown, pixels that are not square included.
    private static func height(of frame: AVFrame, atWidth width: Int32) -> Int32 {
        let shape = unsafe frame.sample_aspect_ratio
        let (across, down) = shape.num > 0 && shape.den > 0 ? (Int64(shape.num), Int64(shape.den)) : (1, 1)
        let (shown, overflow) = unsafe Int64(frame.width).multipliedReportingOverflow(by: across)
        guard !overflow, shown > 0 else { return width }
        let height = unsafe Double(width) * Double(frame.height) * Double(down) / Double(shown)
        return Int32(min(max(Int64(height / 2) * 2, 2), maximumHeight))
    }

    private static func encode(_ frame: borrowing Frame) throws(FFmpegError) -> [UInt8] {
        let encoder = try CodecContext.jpegEncoder(for: frame, quality: quality)
        let packet = try Packet()
        let (context, source, target) = unsafe (encoder.pointer, frame.pointer, packet.pointer)
        unsafe source.pointee.pts = 0
        unsafe source.pointee.quality = context.pointee.global_quality
        try check("encoding the poster") { unsafe avcodec_send_frame(context, source) }
        try check("encoding the poster") { unsafe avcodec_receive_packet(context, target) }
        defer { unsafe av_packet_unref(target) }
        return unsafe Array(UnsafeBufferPointer(start: target.pointee.data, count: Int(target.pointee.size)))
    }
}
