package import Media
package import NIOCore

/// An AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1): the parameter sets of H.264 pictures.
package struct AVCConfiguration: Hashable, Sendable {
    /// Bytes of a whole record; those of encoders have about 50.
    package static let maximumLength = 8 << 10

    /// The record as it came.
    package let bytes: [UInt8]
    package let profile: UInt8
    package let compatibility: UInt8
    package let level: UInt8
    /// Bytes in the length before each NAL unit: 1, 2 or 4.
    package let lengthSize: Int
    /// NAL units, each at least one byte long.
    package let sequenceParameterSets: [[UInt8]]
    package let pictureParameterSets: [[UInt8]]
    /// The first sequence parameter set, read.
    package let sequence: SequenceParameterSet
}

extension AVCConfiguration {
    package init(_ record: ByteBuffer) throws(CodecError) {
        guard record.readableBytes <= Self.maximumLength else {
            throw CodecError(.malformed, "An H.264 configuration of \(record.readableBytes) bytes.")
        }
        var input = record
        bytes = Array(record.readableBytesView)
        guard let (version, profile, compatibility, level) = input.readMultipleIntegers(as: (UInt8, UInt8, UInt8, UInt8).self),
            version == 1
        else { throw CodecError(.malformed, "An H.264 configuration of another version than 1.") }
        (self.profile, self.compatibility, self.level) = (profile, compatibility, level)
        lengthSize = try Self.readLengthSize(&input)
        sequenceParameterSets = try Self.readSets(count: try Self.readByte(&input) & 0x1F, &input)
        pictureParameterSets = try Self.readSets(count: try Self.readByte(&input), &input)
        guard let first = sequenceParameterSets.first, !pictureParameterSets.isEmpty else {
            throw CodecError(.malformed, "An H.264 configuration without its parameter sets.")
        }
        sequence = try SequenceParameterSet(first)
    }

    package var pictureFormat: PictureFormat {
        PictureFormat(
            codec: .h264, codecs: codecs, width: sequence.width, height: sequence.height, configuration: bytes,
            reorders: sequence.reorders)
    }

    /// `avc1.64001f`: profile, constraints and level in hexadecimal (RFC 6381 §3.3).
    package var codecs: String {
        let digits = [profile, compatibility, level].map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "avc1." + digits.joined()
    }

    private static func readByte(_ input: inout ByteBuffer) throws(CodecError) -> UInt8 {
        guard let byte: UInt8 = input.readInteger() else {
            throw CodecError(.malformed, "An H.264 configuration that ends too early.")
        }
        return byte
    }

    private static func readLengthSize(_ input: inout ByteBuffer) throws(CodecError) -> Int {
        let size = Int(try readByte(&input) & 0x03) + 1
        guard size != 3 else { throw CodecError(.malformed, "H.264 with lengths of three bytes.") }
        return size
    }

    private static func readSets(count: UInt8, _ input: inout ByteBuffer) throws(CodecError) -> [[UInt8]] {
        var sets: [[UInt8]] = []
        for _ in 0..<count {
            guard let length: UInt16 = input.readInteger(), length > 0, let set = input.readBytes(length: Int(length)) else {
                throw CodecError(.malformed, "An H.264 configuration that ends within a parameter set.")
            }
            sets.append(set)
        }
        return sets
    }
}
