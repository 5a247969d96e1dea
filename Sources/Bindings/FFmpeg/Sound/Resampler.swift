import CFFmpeg

/// Brings sound of one form to stereo at 48,000 Hz.
@safe struct Resampler: ~Copyable {
    private let pointer: OpaquePointer

    init() throws(FFmpegError) {
        guard let made = unsafe swr_alloc() else { throw FFmpegError(.noMemory, while: "making a resampler") }
        unsafe pointer = made
    }

    deinit {
        var pointer: OpaquePointer? = unsafe pointer
        unsafe swr_free(&pointer)
    }

    /// The samples, left and right in turn, up to a few that are held back for the next frame.
    ///
    /// - Parameter sound: of the form that the first frame had.
    func stereo(_ sound: borrowing Frame) throws(FFmpegError) -> [Float] {
        let target = try Frame.stereo()
        let (from, to) = unsafe (sound.pointer, target.pointer)
        try check("resampling") { unsafe swr_convert_frame(pointer, to, from) }
        return target.samples
    }
}

/// What a resampler is made for.
struct SoundForm: Equatable {
    let sampleFormat: Int32
    let sampleRate: Int32
    let channels: Int32
}

// MARK: - Frames of sound

extension Frame {
    /// A frame of stereo at 48,000 Hz, with room for `samples` of each channel where they are known.
    static func stereo(samples: Int32? = nil) throws(FFmpegError) -> Frame {
        let frame = try Frame()
        let pointer = unsafe frame.pointer
        unsafe pointer.pointee.format = AV_SAMPLE_FMT_FLT.rawValue
        unsafe pointer.pointee.sample_rate = OpusTranscoder.sampleRate
        unsafe av_channel_layout_default(&pointer.pointee.ch_layout, OpusTranscoder.channels)
        guard let samples else { return frame }
        unsafe pointer.pointee.nb_samples = samples
        try check("making room for sound") { unsafe av_frame_get_buffer(pointer, 0) }
        return frame
    }

    var soundForm: SoundForm {
        let frame = unsafe pointer.pointee
        return unsafe SoundForm(
            sampleFormat: frame.format, sampleRate: frame.sample_rate, channels: frame.ch_layout.nb_channels)
    }

    /// How long it lasts, in samples at 48,000 Hz.
    var duration: Int64 {
        let rate = Int64(max(1, unsafe pointer.pointee.sample_rate))
        return unsafe Int64(pointer.pointee.nb_samples) * Int64(OpusTranscoder.sampleRate) / rate
    }

    /// Of a frame of stereo, left and right in turn.
    fileprivate var samples: [Float] {
        guard let data = unsafe pointer.pointee.data.0 else { return [] }
        let count = Int(unsafe pointer.pointee.nb_samples) * Int(OpusTranscoder.channels)
        return unsafe data.withMemoryRebound(to: Float.self, capacity: count) { start in
            unsafe Array(UnsafeBufferPointer(start: start, count: count))
        }
    }

    /// Puts samples into a frame of stereo that has just the room for them.
    func fill(_ samples: ArraySlice<Float>, at time: Int64) throws(FFmpegError) {
        let frame = unsafe pointer
        try check("making room for sound") { unsafe av_frame_make_writable(frame) }
        let count = Int(unsafe frame.pointee.nb_samples) * Int(OpusTranscoder.channels)
        precondition(samples.count == count, "a packet is encoded when it is full")
        unsafe UnsafeMutableRawBufferPointer(start: frame.pointee.data.0, count: count * MemoryLayout<Float>.size)
            .copyBytes(from: samples.withUnsafeBytes(Array.init))
        unsafe frame.pointee.pts = time
    }
}
