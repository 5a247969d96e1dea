import CFFmpeg
import Media

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

    /// A decoder of a track, to which its frames are given one by one.
    static func decoder(of format: TrackFormat) throws(FFmpegError) -> CodecContext {
        var parameters: UnsafeMutablePointer<AVCodecParameters>? = unsafe try allocated(
            "describing a track", avcodec_parameters_alloc())
        defer { unsafe avcodec_parameters_free(&parameters) }
        guard let pointer = unsafe parameters else { throw FFmpegError(.noMemory, while: "describing a track") }
        unsafe try pointer.pointee.describe(format)
        return unsafe try decoder(of: pointer)
    }

    /// An encoder of Opus for rooms where people speak, on lines that lose packets: each packet of 20 ms has a rougher copy of the one
    /// before it inside.
    static func opusEncoder() throws(FFmpegError) -> CodecContext {
        guard let codec = unsafe avcodec_find_encoder_by_name("libopus") else {
            throw FFmpegError(.noEncoder, while: "finding an encoder of Opus")
        }
        let context = unsafe try CodecContext(codec)
        let pointer = unsafe context.pointer
        unsafe pointer.pointee.sample_fmt = AV_SAMPLE_FMT_FLT
        unsafe pointer.pointee.sample_rate = OpusTranscoder.sampleRate
        unsafe av_channel_layout_default(&pointer.pointee.ch_layout, OpusTranscoder.channels)
        unsafe pointer.pointee.time_base = AVRational(num: 1, den: OpusTranscoder.sampleRate)
        unsafe pointer.pointee.bit_rate = 96_000
        var options: OpaquePointer?
        defer { unsafe av_dict_free(&options) }
        for (name, value) in [("frame_duration", "20"), ("fec", "1"), ("packet_loss", "10")] {
            try check("choosing how to encode") { unsafe av_dict_set(&options, name, value, 0) }
        }
        try check("opening the encoder") { unsafe avcodec_open2(pointer, codec, &options) }
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

    /// An encoder of H.264 for pictures like this one, to stand between those of a stream: close to what it is given, one packet for
    /// each picture, in their order, with the parameter sets before each key frame and every unit behind its length.
    static func pictureEncoder(
        like frame: borrowing Frame, of stream: UnsafeMutablePointer<AVStream>
    ) throws(FFmpegError) -> CodecContext {
        guard let codec = unsafe avcodec_find_encoder_by_name("libx264") else {
            throw FFmpegError(.noEncoder, while: "finding an encoder of H.264")
        }
        let context = unsafe try CodecContext(codec)
        let (pointer, picture) = unsafe (context.pointer, frame.pointer)
        unsafe pointer.pointee.time_base = stream.pointee.time_base
        unsafe pointer.pointee.framerate = stream.pointee.avg_frame_rate
        unsafe pointer.pointee.takeForm(of: picture.pointee)
        unsafe pointer.pointee.thread_count = 1
        var options: OpaquePointer?
        defer { unsafe av_dict_free(&options) }
        for (name, value) in unsafe recipe(profile: stream.pointee.codecpar.pointee.profile) {
            try check("choosing how to encode") { unsafe av_dict_set(&options, name, value, 0) }
        }
        try check("opening the encoder") { unsafe avcodec_open2(pointer, codec, &options) }
        return context
    }

    private static func recipe(profile: Int32) -> [(String, String)] {
        let recipe = [
            ("preset", "veryfast"), ("tune", "zerolatency"), ("crf", "14"), ("g", "100000"), ("x264-params", "annexb=0"),
        ]
        // What a player was told that it need not know, it need not.
        switch profile & ~FF_PROFILE_H264_INTRA & ~FF_PROFILE_H264_CONSTRAINED {
        case FF_PROFILE_H264_BASELINE: return recipe + [("profile", "baseline")]
        case FF_PROFILE_H264_MAIN: return recipe + [("profile", "main")]
        default: return recipe
        }
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

// MARK: - Encoding

extension CodecContext {
    /// Gives the encoder a picture.
    func send(_ frame: borrowing Frame) throws(FFmpegError) {
        let source = unsafe frame.pointer
        try check("encoding") { unsafe avcodec_send_frame(pointer, source) }
    }

    func receive(into packet: borrowing Packet) throws(FFmpegError) -> Outcome {
        let target = unsafe packet.pointer
        return try attempt("encoding") { unsafe avcodec_receive_packet(pointer, target) }
    }
}

extension AVCodecContext {
    /// Takes over everything that says how a picture is to be shown.
    fileprivate mutating func takeForm(of picture: AVFrame) {
        unsafe width = picture.width
        unsafe height = picture.height
        unsafe pix_fmt = AVPixelFormat(rawValue: picture.format)
        unsafe sample_aspect_ratio = picture.sample_aspect_ratio
        unsafe color_range = picture.color_range
        unsafe color_primaries = picture.color_primaries
        unsafe color_trc = picture.color_trc
        unsafe colorspace = picture.colorspace
        unsafe chroma_sample_location = picture.chroma_location
    }
}
