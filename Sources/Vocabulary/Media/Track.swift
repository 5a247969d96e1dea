/// What a track carries.
package enum TrackKind: String, CaseIterable, Codable, Hashable, Sendable {
    case picture
    case sound
}

/// How the access units of a track are coded: all that a decoder and an initialisation section need.
///
/// Two formats are equal exactly when frames of both may stand in one stretch of one file.
package enum TrackFormat: Hashable, Sendable {
    case picture(PictureFormat)
    case sound(SoundFormat)

    package var kind: TrackKind {
        switch self {
        case .picture: .picture
        case .sound: .sound
        }
    }

    /// Ticks a second of the track's time line: 90,000 for pictures, the sample rate for sound.
    package var timescale: Int32 {
        switch self {
        case .picture: 90_000
        case .sound(let sound): sound.sampleRate
        }
    }

    /// The codec as RFC 6381 writes it: `avc1.64001f`, `mp4a.40.2`.
    package var codecs: String {
        switch self {
        case .picture(let picture): picture.codecs
        case .sound(let sound): sound.codecs
        }
    }
}

package struct PictureFormat: Hashable, Sendable {
    package enum Codec: String, Hashable, Sendable {
        case h264
    }

    package let codec: Codec
    /// As RFC 6381 writes it.
    package let codecs: String
    /// Luma samples after cropping.
    package let width: Int32
    package let height: Int32
    /// The codec's own configuration record: AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1).
    package let configuration: [UInt8]
    /// Whether pictures may be shown in another order than they are decoded in (B-frames).
    package let reorders: Bool

    package init(codec: Codec, codecs: String, width: Int32, height: Int32, configuration: [UInt8], reorders: Bool) {
        self.codec = codec
        self.codecs = codecs
        self.width = width
        self.height = height
        self.configuration = configuration
        self.reorders = reorders
    }
}

package struct SoundFormat: Hashable, Sendable {
    package enum Codec: String, Hashable, Sendable {
        case aac
    }

    package let codec: Codec
    /// As RFC 6381 writes it.
    package let codecs: String
    /// Samples a second; at least 1.
    package let sampleRate: Int32
    package let channels: Int32
    /// Samples of each channel in one access unit: 1024 for AAC-LC.
    package let samplesPerFrame: Int32
    /// AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1).
    package let configuration: [UInt8]

    package init(
        codec: Codec, codecs: String, sampleRate: Int32, channels: Int32, samplesPerFrame: Int32, configuration: [UInt8]
    ) {
        precondition(sampleRate > 0 && samplesPerFrame > 0, "the codec's parser refuses a rate or frame of zero samples")
        self.codec = codec
        self.codecs = codecs
        self.sampleRate = sampleRate
        self.channels = channels
        self.samplesPerFrame = samplesPerFrame
        self.configuration = configuration
    }
}
