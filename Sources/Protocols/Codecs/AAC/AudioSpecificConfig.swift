package import Media
package import NIOCore

/// An AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1): the parameters of AAC.
package struct AudioSpecificConfig: Hashable, Sendable {
    /// Bytes of a whole configuration; those of encoders have 2 to 5.
    package static let maximumLength = 256

    package enum ObjectType: UInt32, Hashable, Sendable {
        case lowComplexity = 2
        /// HE-AAC, its spectral band replication signalled here.
        case spectralBandReplication = 5
        /// HE-AAC v2.
        case parametricStereo = 29
    }

    /// The configuration as it came.
    package let bytes: [UInt8]
    package let objectType: ObjectType
    /// Samples a second that come out: with spectral band replication those of the extension.
    package let sampleRate: Int32
    /// As coded; parametric stereo makes two of one.
    package let channels: Int32
    /// Samples of each channel that one access unit makes.
    package let samplesPerFrame: Int32
}

extension AudioSpecificConfig {
    /// By sampling frequency index (§1.6.3.4); an index of 15 is followed by 24 bits.
    private static let rates: [Int32] = [
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
    ]
    private static let explicitRate: UInt32 = 15
    private static let maximumRate: UInt32 = 192_000
    /// By channel configuration (§1.6.3.5), 7 being 7.1.
    private static let layouts: [UInt32: Int32] = [1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 8, 11: 7, 12: 8, 14: 8]

    package init(_ configuration: ByteBuffer) throws(CodecError) {
        guard configuration.readableBytes <= Self.maximumLength else {
            throw CodecError(.malformed, "An AAC configuration of \(configuration.readableBytes) bytes.")
        }
        bytes = Array(configuration.readableBytesView)
        var reader = BitReader(bytes)
        objectType = try Self.readObjectType(&reader)
        let coreRate = try Self.readRate(&reader)
        channels = try Self.readChannels(&reader)
        let extendedRate = objectType == .lowComplexity ? nil : try Self.readExtension(&reader)
        sampleRate = extendedRate ?? coreRate
        let coreSamples: Int32 = try reader.bit() ? 960 : 1024
        samplesPerFrame = try Self.samples(coreSamples, at: coreRate, extendedTo: extendedRate)
    }

    package var soundFormat: SoundFormat {
        SoundFormat(
            codec: .aac, codecs: codecs, sampleRate: sampleRate, channels: objectType == .parametricStereo ? 2 : channels,
            samplesPerFrame: samplesPerFrame, configuration: bytes)
    }

    /// `mp4a.40.2`: MPEG-4 audio and the object type (RFC 6381 §3.3).
    package var codecs: String { "mp4a.40.\(objectType.rawValue)" }
}

// MARK: - Fields

extension AudioSpecificConfig {
    /// The rate of the extension, and the object type beneath it, which has to be AAC-LC.
    private static func readExtension(_ reader: inout BitReader) throws(CodecError) -> Int32 {
        let rate = try readRate(&reader)
        guard try readObjectType(&reader) == .lowComplexity else {
            throw CodecError(.unsupported, "HE-AAC over another core than AAC-LC. Choose AAC-LC as sound encoder.")
        }
        return rate
    }

    private static func readObjectType(_ reader: inout BitReader) throws(CodecError) -> ObjectType {
        var type = try reader.bits(5)
        if type == 31 { type = 32 + (try reader.bits(6)) }
        guard let known = ObjectType(rawValue: type) else {
            throw CodecError(.unsupported, "AAC of object type \(type). Choose AAC-LC as sound encoder.")
        }
        return known
    }

    private static func readRate(_ reader: inout BitReader) throws(CodecError) -> Int32 {
        let index = try reader.bits(4)
        guard index == explicitRate else {
            guard index < rates.count else { throw CodecError(.malformed, "AAC has no sampling frequency index \(index).") }
            return rates[Int(index)]
        }
        let rate = try reader.bits(24)
        guard 1...maximumRate ~= rate else { throw CodecError(.malformed, "AAC of \(rate) samples a second.") }
        return Int32(rate)
    }

    /// Layout 0 is described by a program config element, which no browser is sure to read.
    private static func readChannels(_ reader: inout BitReader) throws(CodecError) -> Int32 {
        let layout = try reader.bits(4)
        guard let channels = layouts[layout] else {
            throw CodecError(.unsupported, "AAC with channel configuration \(layout). Choose mono or stereo.")
        }
        return channels
    }

    /// Spectral band replication doubles the rate, or leaves it.
    private static func samples(_ core: Int32, at rate: Int32, extendedTo other: Int32?) throws(CodecError) -> Int32 {
        switch other {
        case nil, rate: return core
        case rate * 2: return core * 2
        default: throw CodecError(.malformed, "HE-AAC whose rate is not twice that of its core.")
        }
    }
}
