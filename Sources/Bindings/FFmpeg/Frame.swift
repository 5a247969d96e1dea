import CFFmpeg

/// One of libavcodec's frames.
@safe struct Frame: ~Copyable {
    let pointer: UnsafeMutablePointer<AVFrame>

    init() throws(FFmpegError) {
        unsafe self.pointer = try allocated("making a frame", av_frame_alloc())
    }

    /// An empty picture as JPEG takes it.
    ///
    /// - Parameters: even.
    static func picture(width: Int32, height: Int32) throws(FFmpegError) -> Frame {
        let frame = try Frame()
        let pointer = unsafe frame.pointer
        unsafe pointer.pointee.width = width
        unsafe pointer.pointee.height = height
        unsafe pointer.pointee.format = AV_PIX_FMT_YUVJ420P.rawValue
        try check("making room for a picture") { unsafe av_frame_get_buffer(pointer, 0) }
        return frame
    }

    deinit {
        var pointer: UnsafeMutablePointer<AVFrame>? = unsafe pointer
        unsafe av_frame_free(&pointer)
    }

    var width: Int32 { unsafe pointer.pointee.width }
    var height: Int32 { unsafe pointer.pointee.height }
}

// MARK: - Still pictures

extension Frame {
    /// Luma samples; more than any still needs, however tall the picture.
    private static var maximumHeight: Int64 { 2048 }

    /// The even height that keeps the shape in which the picture is shown, pixels that are not square included.
    func height(atWidth width: Int32) -> Int32 {
        let frame = unsafe pointer.pointee
        let shape = unsafe frame.sample_aspect_ratio
        let (across, down) = shape.num > 0 && shape.den > 0 ? (Int64(shape.num), Int64(shape.den)) : (1, 1)
        let (shown, overflow) = unsafe Int64(frame.width).multipliedReportingOverflow(by: across)
        guard !overflow, shown > 0 else { return width }
        let height = unsafe Double(width) * Double(frame.height) * Double(down) / Double(shown)
        return Int32(min(max(Int64(height / 2) * 2, 2), Self.maximumHeight))
    }

    /// The picture as JPEG.
    ///
    /// - Parameter quality: libavcodec's quantiser, from 1, the best, to 31.
    func jpeg(quality: Int32) throws(FFmpegError) -> [UInt8] {
        let encoder = try CodecContext.jpegEncoder(width: width, height: height, quality: quality)
        let packet = try Packet()
        let (context, source, target) = unsafe (encoder.pointer, pointer, packet.pointer)
        unsafe source.pointee.pts = 0
        unsafe source.pointee.quality = context.pointee.global_quality
        try check("encoding a picture") { unsafe avcodec_send_frame(context, source) }
        try check("encoding a picture") { unsafe avcodec_receive_packet(context, target) }
        defer { unsafe av_packet_unref(target) }
        return unsafe Array(UnsafeBufferPointer(start: target.pointee.data, count: Int(target.pointee.size)))
    }

    /// Makes all of it black.
    func blacken() {
        for (plane, value) in [(0, 0), (1, 128), (2, 128)] as [(Int, UInt8)] {
            guard let rows = unsafe row(0, of: plane) else { continue }
            let bytes = Int(stride(of: plane)) * Int(plane == 0 ? height : height / 2)
            unsafe rows.update(repeating: value, count: bytes)
        }
    }

    /// Copies a smaller picture into this one.
    ///
    /// - Parameters: the place of its upper left corner, both even. What would not fit is left out.
    func paste(_ picture: borrowing Frame, x: Int32, y: Int32) {
        guard x >= 0, y >= 0, picture.width <= width - x, picture.height <= height - y else { return }
        for plane in 0..<3 {
            let share: Int32 = plane == 0 ? 1 : 2
            for line in 0..<(picture.height / share) {
                guard let from = unsafe picture.row(line, of: plane), let to = unsafe row(y / share + line, of: plane)
                else { return }
                unsafe (to + Int(x / share)).update(from: from, count: Int(picture.width / share))
            }
        }
    }

    private func row(_ line: Int32, of plane: Int) -> UnsafeMutablePointer<UInt8>? {
        let planes = unsafe [pointer.pointee.data.0, pointer.pointee.data.1, pointer.pointee.data.2]
        return unsafe planes[plane].map { unsafe $0 + Int(line) * Int(stride(of: plane)) }
    }

    private func stride(of plane: Int) -> Int32 {
        let strides = unsafe [pointer.pointee.linesize.0, pointer.pointee.linesize.1, pointer.pointee.linesize.2]
        return strides[plane]
    }
}

/// Brings pictures of one size and format to another size, for JPEG.
@safe struct PictureScaler: ~Copyable {
    private let pointer: OpaquePointer

    init(like source: borrowing Frame, for target: borrowing Frame) throws(FFmpegError) {
        let format = AVPixelFormat(rawValue: unsafe source.pointer.pointee.format)
        let made = unsafe sws_getContext(
            source.width, source.height, format, target.width, target.height, AV_PIX_FMT_YUVJ420P, SWS_BICUBIC, nil, nil, nil)
        guard let made = unsafe made else { throw FFmpegError(.invalidArgument, while: "scaling a picture") }
        unsafe pointer = made
    }

    deinit {
        unsafe sws_freeContext(pointer)
    }

    func scale(_ source: borrowing Frame, into target: borrowing Frame) throws(FFmpegError) {
        let (from, to) = unsafe (source.pointer, target.pointer)
        try check("scaling a picture") { unsafe sws_scale_frame(pointer, to, from) }
    }
}
