import CFFmpeg
import Media

extension AVCodecParameters {
    /// Writes what a muxer has to know of a track into fresh parameters.
    mutating func describe(_ format: TrackFormat) throws(FFmpegError) {
        switch format {
        case .picture(let picture): unsafe try describe(picture)
        case .sound(let sound): unsafe try describe(sound)
        }
    }

    private mutating func describe(_ picture: PictureFormat) throws(FFmpegError) {
        unsafe codec_type = AVMEDIA_TYPE_VIDEO
        unsafe codec_id = picture.codec.avCodecID
        unsafe width = picture.width
        unsafe height = picture.height
        unsafe try setExtradata(picture.configuration)
    }

    private mutating func describe(_ sound: SoundFormat) throws(FFmpegError) {
        unsafe codec_type = AVMEDIA_TYPE_AUDIO
        unsafe codec_id = sound.codec.avCodecID
        unsafe sample_rate = sound.sampleRate
        unsafe frame_size = sound.samplesPerFrame
        unsafe hemicycle_set_channels(&self, sound.channels)
        unsafe try setExtradata(sound.configuration)
    }

    /// The codec's configuration record, in memory that libavcodec frees, padded as its parsers ask.
    private mutating func setExtradata(_ bytes: [UInt8]) throws(FFmpegError) {
        let size = bytes.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)
        guard let count = Int32(exactly: bytes.count), let memory = unsafe av_mallocz(size) else {
            throw FFmpegError(.noMemory, while: "describing a track")
        }
        unsafe UnsafeMutableRawBufferPointer(start: memory, count: size).copyBytes(from: bytes)
        unsafe extradata = unsafe memory.assumingMemoryBound(to: UInt8.self)
        unsafe extradata_size = count
    }
}

extension PictureFormat.Codec {
    fileprivate var avCodecID: AVCodecID {
        switch self {
        case .h264: AV_CODEC_ID_H264
        }
    }
}

extension SoundFormat.Codec {
    fileprivate var avCodecID: AVCodecID {
        switch self {
        case .aac: AV_CODEC_ID_AAC
        }
    }
}
