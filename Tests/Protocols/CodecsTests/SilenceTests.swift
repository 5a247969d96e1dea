import Codecs
import NIOCore
import Testing

@Suite struct SilenceTests {
    private func silence(_ configuration: String) throws -> [UInt8]? {
        try AudioSpecificConfig(ByteBuffer(bytes: try #require(hexadecimal(configuration)))).silence
    }

    /// Put together from ISO/IEC 14496-3 §4.4.2; ffmpeg 5.1 decodes each of them to silence. The last two are HE-AAC in stereo, and
    /// HE-AAC v2, whose core is mono.
    @Test(
        arguments: [
            ("1188", "00000007"), ("1190", "2000000000000e"), ("1198", "0000000100000000000070"),
            ("11a0", "000000010000000000000100000380"), ("11a8", "0000000100000000000011000000000007"),
            ("11b0", "000000010000000000001100000000000300000038"), ("2b118800", "2000000000000e"), ("eb098800", "00000007"),
        ])
    func `there is silence for every usual layout`(configuration: String, frame: String) throws {
        #expect(try silence(configuration) == hexadecimal(frame))
    }

    @Test func `there is none for eight channels`() throws {
        #expect(try silence("11b8") == nil)
    }
}
