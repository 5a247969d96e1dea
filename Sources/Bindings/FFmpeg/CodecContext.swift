import CFFmpeg

/// One of libavcodec's decoders or encoders, opened.
@safe struct CodecContext: ~Copyable {
    let pointer: UnsafeMutablePointer<AVCodecContext>

    private init(_ codec: UnsafePointer<AVCodec>) throws(FFmpegError) {
        unsafe self.pointer = try allocated("making a codec", avcodec_alloc_context3(codec))
    }

    /// A decoder of what the parameters describe, on one thread.
    static func decoder(of parameters: UnsafeMutablePointer<AVCodecParameters>) throws(FFmpegError) -> CodecContext {
        guard let codec = unsafe avcodec_find_decoder(parameters.pointee.codec_id) else {
            throw FFmpegError(.noDecoder, while: "finding a decoder")
        }
        let context = unsafe try CodecContext(codec)
        let pointer = unsafe context.pointer
        unsafe pointer.pointee.thread_count = 1
        try check("setting the decoder up") { unsafe avcodec_parameters_to_context(pointer, parameters) }
        try check("opening the decoder") { unsafe avcodec_open2(pointer, codec, nil) }
        return context
    }

    /// An encoder of JPEG pictures.
    ///
    /// - Parameter quality: libavcodec's quantiser, from 1, the best, to 31.
    static func jpegEncoder(width: Int32, height: Int32, quality: Int32) throws(FFmpegError) -> CodecContext {
        guard let codec = unsafe avcodec_find_encoder(AV_CODEC_ID_MJPEG) else {
            throw FFmpegError(.noEncoder, while: "finding a JPEG encoder")
        }
        let context = unsafe try CodecContext(codec)
        let pointer = unsafe context.pointer
        unsafe pointer.pointee.width = width
        unsafe pointer.pointee.height = height
        unsafe pointer.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
        unsafe pointer.pointee.time_base = AVRational(num: 1, den: 1)
        unsafe pointer.pointee.flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT
        unsafe pointer.pointee.global_quality = FF_QP2LAMBDA * quality
        try check("opening the encoder") { unsafe avcodec_open2(pointer, codec, nil) }
        return context
    }

    deinit {
        var pointer: UnsafeMutablePointer<AVCodecContext>? = unsafe pointer
        unsafe avcodec_free_context(&pointer)
    }

    /// Forgets what it was given, so that decoding may begin elsewhere.
    func restart() {
        unsafe avcodec_flush_buffers(pointer)
    }

    /// Gives the decoder a packet, or tells it that there are no more.
    func send(_ packet: UnsafeMutablePointer<AVPacket>?) throws(FFmpegError) -> Outcome {
        try attempt("decoding") { unsafe avcodec_send_packet(pointer, packet) }
    }

    func receive(into frame: borrowing Frame) throws(FFmpegError) -> Outcome {
        let target = unsafe frame.pointer
        return try attempt("decoding") { unsafe avcodec_receive_frame(pointer, target) }
    }
}
