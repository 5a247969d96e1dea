import Codecs
import Media
import NIOCore
import Testing

@Suite struct AudioSpecificConfigTests {
    private func format(_ text: String) throws -> SoundFormat {
        try AudioSpecificConfig(ByteBuffer(bytes: try #require(hexadecimal(text)))).soundFormat
    }

    private func expectation(
        _ text: String, _ codecs: String, _ rate: Int32, _ channels: Int32, _ samples: Int32
    ) throws -> SoundFormat {
        SoundFormat(
            codec: .aac, codecs: codecs, sampleRate: rate, channels: channels, samplesPerFrame: samples,
            configuration: try #require(hexadecimal(text)))
    }

    /// The first three are those of ffmpeg 5.1's AAC encoder; the others are put together from ISO/IEC 14496-3 §1.6.2.1.
    @Test(
        arguments: [
            ("119056e500", "mp4a.40.2", 48_000, 2, 1024), ("120856e500", "mp4a.40.2", 44_100, 1, 1024),
            ("12b056e500", "mp4a.40.2", 32_000, 6, 1024), ("1194", "mp4a.40.2", 48_000, 2, 960),
            ("17805dc010", "mp4a.40.2", 48_000, 2, 1024), ("2b118800", "mp4a.40.5", 48_000, 2, 2048),
            ("eb098800", "mp4a.40.29", 48_000, 2, 2048),
        ] as [(String, String, Int32, Int32, Int32)])
    func `a configuration is read`(_ text: String, codecs: String, rate: Int32, channels: Int32, samples: Int32) throws {
        #expect(try format(text) == expectation(text, codecs, rate, channels, samples))
    }

    @Test(arguments: [("", CodecError.Code.malformed), ("11", .malformed), ("1780000010", .malformed), ("1690", .malformed)])
    func `what is cut short or has no rate is malformed`(_ text: String, code: CodecError.Code) {
        #expect { try format(text) } throws: { ($0 as? CodecError)?.code == code }
    }

    @Test(arguments: ["0990", "1180", "f85d2000", "2b10c800"])
    func `what no browser plays is refused`(_ text: String) {
        #expect { try format(text) } throws: { ($0 as? CodecError)?.code == .unsupported }
    }

    @Test func `an endless configuration is refused unread`() {
        #expect { try AudioSpecificConfig(ByteBuffer(repeating: 0x11, count: 4096)) } throws: {
            ($0 as? CodecError)?.code == .malformed
        }
    }
}
