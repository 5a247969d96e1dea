import NIOCore
import RTMP
import Testing

/// Bodies in the headers of Enhanced RTMP (v2), as FFmpeg from 6.1 on and OBS from 29.1 on may write them.
@Suite struct `RTMP-3: bodies of Enhanced RTMP` {
    private static let avc = Array("avc1".utf8)
    private static let aac = Array("mp4a".utf8)
    private static let hevc = Array("hvc1".utf8)

    private func video(_ bytes: [UInt8]...) throws -> VideoTag { try VideoTag(ByteBuffer(bytes: bytes.flatMap { $0 })) }
    private func audio(_ bytes: [UInt8]...) throws -> AudioTag { try AudioTag(ByteBuffer(bytes: bytes.flatMap { $0 })) }

    private func picture(_ byte: UInt8, isKey: Bool = true, after microseconds: Int64 = 0) -> VideoTag {
        .picture(.init(isKey: isKey, presentationOffset: microseconds, payload: ByteBuffer(bytes: [byte])))
    }

    @Test func `H.264 is H.264, with an offset and without one`() throws {
        #expect(try video([0x90], Self.avc, [1, 2]) == .configuration(ByteBuffer(bytes: [1, 2])))
        #expect(try video([0x91], Self.avc, [0, 0, 80, 9]) == picture(9, after: 80_000))
        #expect(try video([0xA1], Self.avc, [0xFF, 0xFF, 0xD8, 9]) == picture(9, isKey: false, after: -40_000))
        #expect(try video([0xA3], Self.avc, [9]) == picture(9, isKey: false))
        #expect(try video([0x92], Self.avc) == .endOfSequence)
        #expect(try video([0x93], Self.avc) == .nothing)
        #expect(try video([0x94], Self.avc, [2, 0, 1, 0x61]) == .nothing, "colours are not looked at")
        #expect(try video([0xD1, 0]) == .nothing, "a command to a player")
    }

    @Test func `AAC is AAC`() throws {
        #expect(try audio([0x90], Self.aac, [0x12, 0x10]) == .configuration(ByteBuffer(bytes: [0x12, 0x10])))
        #expect(try audio([0x91], Self.aac, [9]) == .sound(ByteBuffer(bytes: [9])))
        #expect(try audio([0x91], Self.aac) == .nothing)
        #expect(try audio([0x92], Self.aac) == .nothing)
        #expect(try audio([0x94], Self.aac, [1, 2, 0, 0, 0, 3]) == .nothing, "the configuration tells the channels too")
    }

    @Test func `nanoseconds move a picture on between two milliseconds`() throws {
        let halfMillisecond: [UInt8] = [0x02, 0x07, 0xA1, 0x20]
        #expect(try video([0x97], halfMillisecond, [0x03], Self.avc, [9]) == picture(9, after: 500))
        #expect(try video([0x97], halfMillisecond, [0x01], Self.avc, [0, 0, 40, 9]) == picture(9, after: 40_500))
        #expect(try audio([0x97], halfMillisecond, [0x01], Self.aac, [9]) == .sound(ByteBuffer(bytes: [9])))
    }

    @Test func `modifiers that are not known, and long ones, are read past`() throws {
        let long = [0xFF, 0x01, 0x00] + [UInt8](repeating: 5, count: 257)
        #expect(try video([0x97, 0, 9, 0x17], long, [0xF3], Self.avc, [9]) == picture(9))
        let endless = [[0x97]] + [[UInt8]](repeating: [0, 9, 0x07], count: 9)
        #expect { try VideoTag(ByteBuffer(bytes: endless.flatMap { $0 })) } throws: { ($0 as? RTMPError)?.code == .malformed }
    }

    @Test func `RTMP-4: of several tracks the default one is taken, and the others are left out`() throws {
        #expect(try video([0x96, 0x03], Self.avc, [0, 9]) == picture(9))
        #expect(try video([0x96, 0x03], Self.avc, [1, 9]) == .nothing)
        #expect(try video([0x96, 0x13], Self.avc, [1, 0, 0, 2, 7, 7], [0, 0, 0, 1, 9]) == picture(9))
        #expect(try video([0x96, 0x23], Self.hevc, [1, 0, 0, 1, 7], Self.avc, [0, 0, 0, 1, 9]) == picture(9))
        #expect(try audio([0x95, 0x01], Self.aac, [0, 9]) == .sound(ByteBuffer(bytes: [9])))
        #expect(try audio([0x95, 0x11], Self.aac, [2, 0, 0, 1, 7], [1, 0, 0, 1, 7]) == .nothing)
        #expect(try video([0x97, 2, 0, 0x03, 0xE8, 0x06, 0x03], Self.avc, [0, 9]) == picture(9, after: 1))
    }

    @Test func `another codec is named by its FourCC, where it is the default track's`() throws {
        #expect(try video([0x90], Self.hevc) == .foreign(ForeignCodec(.picture, name: "HEVC (hvc1)")))
        #expect(try video([0x96, 0x00], Self.hevc, [0]) == .foreign(ForeignCodec(.picture, name: "HEVC (hvc1)")))
        #expect(try video([0x96, 0x20], Self.hevc, [0, 0, 0, 0]) == .foreign(ForeignCodec(.picture, name: "HEVC (hvc1)")))
        #expect(try video([0x96, 0x00], Self.hevc, [1]) == .nothing)
        #expect(try audio([0x90], Array("Opus".utf8)) == .foreign(ForeignCodec(.sound, name: "Opus (Opus)")))
        #expect(try audio([0x90, 0x58, 0x59, 0x5A, 0x30]) == .foreign(ForeignCodec(.sound, name: "XYZ0")))
        #expect(try video([0x90, 1, 2, 3, 4]) == .foreign(ForeignCodec(.picture, name: "an unnamed codec")))
        let explanation = ForeignCodec(.picture, name: "E-AC-3 (ec-3)").explanation
        #expect(explanation.contains("E-AC-3 (ec-3)") && explanation.utf8.count < 255, "ffmpeg prints no more")
    }

    @Test(
        arguments: [
            [0x90], [0x90, 0x61, 0x76], [0x91, 0x61, 0x76, 0x63, 0x31, 0], [0x97, 0xFF], [0x97, 0xFF, 0xFF, 0xFF, 1],
            [0x97, 0, 1],
            [0x96], [0x96, 0x33, 0x61, 0x76, 0x63, 0x31, 0], [0x96, 0x03, 0x61],
            [0x96, 0x13, 0x61, 0x76, 0x63, 0x31, 0],
            [0x96, 0x13, 0x61, 0x76, 0x63, 0x31, 0, 0, 0, 9, 1], [0x96, 0x13, 0x61, 0x76, 0x63, 0x31, 0, 0, 0],
            [0x95, 0x61, 0x76, 0x63, 0x31], [0x98, 0x61, 0x76, 0x63, 0x31], [0x96, 0x06, 0x61, 0x76, 0x63, 0x31, 0],
        ] as [[UInt8]])
    func `headers cut short, and packet types that nobody defined, are malformed`(bytes: [UInt8]) {
        #expect { try VideoTag(ByteBuffer(bytes: bytes)) } throws: { ($0 as? RTMPError)?.code == .malformed }
    }
}
