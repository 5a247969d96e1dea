import NIOCore
import RTMP
import Testing

@Suite struct FLVTests {
    private func video(_ bytes: UInt8...) throws -> VideoTag { try VideoTag(ByteBuffer(bytes: bytes)) }
    private func audio(_ bytes: UInt8...) throws -> AudioTag { try AudioTag(ByteBuffer(bytes: bytes)) }

    @Test func `H.264 pictures tell key frames and when they are shown`() throws {
        #expect(
            try video(0x17, 1, 0, 0, 80, 0xAA)
                == .picture(.init(isKey: true, presentationOffset: 80_000, payload: ByteBuffer(bytes: [0xAA]))))
        #expect(
            try video(0x27, 1, 0xFF, 0xFF, 0xD8, 0xBB)
                == .picture(.init(isKey: false, presentationOffset: -40_000, payload: ByteBuffer(bytes: [0xBB]))))
    }

    @Test func `configuration, end and what is empty are told apart`() throws {
        #expect(try video(0x17, 0, 0, 0, 0, 1, 2) == .configuration(ByteBuffer(bytes: [1, 2])))
        #expect(try video(0x17, 2, 0, 0, 0) == .endOfSequence)
        #expect(try video() == .nothing)
        #expect(try video(0x17, 1, 0, 0, 0) == .nothing)
        #expect(try video(0x57, 0) == .nothing)
        #expect(try audio(0xAF, 0, 0x12, 0x10) == .configuration(ByteBuffer(bytes: [0x12, 0x10])))
        #expect(try audio(0xAF, 1, 0x21) == .sound(ByteBuffer(bytes: [0x21])))
        #expect(try audio(0xAF, 1) == .nothing)
        #expect(try audio() == .nothing)
    }

    @Test func `other codecs are named`() throws {
        #expect(try video(0x1C, 0, 0, 0, 0) == .foreign(ForeignCodec(.picture, name: "HEVC")))
        #expect(try audio(0x2F, 0) == .foreign(ForeignCodec(.sound, name: "MP3")))
        #expect(try video(0x1F) == .foreign(ForeignCodec(.picture, name: "video codec 15")))
    }

    @Test func `headers cut short are malformed`() throws {
        for bytes: [UInt8] in [[0x17], [0x17, 1], [0x17, 1, 0, 0], [0x17, 9, 0, 0, 0]] {
            #expect { try VideoTag(ByteBuffer(bytes: bytes)) } throws: { ($0 as? RTMPError)?.code == .malformed }
        }
        #expect { try AudioTag(ByteBuffer(bytes: [0xAF])) } throws: { ($0 as? RTMPError)?.code == .malformed }
    }

    @Test func `timestamps go on after they wrap, and small steps back stay small`() {
        var line = TimestampUnwrapper()
        let written: [UInt32] = [0xFFFF_FFF0, 0xFFFF_FFE0, 5, 0xFFFF_FFFF, 21]
        #expect(written.map { line.unwrap($0) } == [0xFFFF_FFF0, 0xFFFF_FFE0, 0x1_0000_0005, 0xFFFF_FFFF, 0x1_0000_0015])
    }
}
