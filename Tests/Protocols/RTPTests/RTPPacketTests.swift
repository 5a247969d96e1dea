import NIOCore
import RTP
import Testing

struct RTPPacketTests {
    private let map: ExtensionMap = [.audioLevel: 1, .absoluteSendTime: 2, .transportSequence: 3, .mid: 4]
    private let packet = ByteBuffer(
        hexadecimal: "90e0 0102 00000bb8 deadbeef bede 0003 10ff 22112233 310007 4030 00 7061796c6f6164")

    @Test func `a packet's header, extensions and payload are read (RTP-6, RTP-7)`() throws {
        let read = try RTPPacket(packet)
        #expect(read.header.payloadType == 96)
        #expect(read.header.hasMarker)
        #expect(read.header.sequence == 0x0102)
        #expect(read.header.timestamp == 3000)
        #expect(read.header.ssrc == SSRC(0xDEAD_BEEF))
        #expect(String(buffer: read.payload) == "payload")
        let values = ExtensionValues(read.header.extensions, as: map)
        #expect(values.mid == "0")
        #expect(values.audioLevel == AudioLevel(decibels: 127, hasVoice: true))
        #expect(values.transportSequence == 7)
        #expect(values.absoluteSendTime == 0x112233)
    }

    @Test func `what was not negotiated is not read`() throws {
        let values = ExtensionValues(try RTPHeader(of: packet).extensions, as: [.mid: 9])
        #expect(values == ExtensionValues())
    }

    @Test(arguments: [4, 20] as [UInt8]) func `extensions are written as their numbers need and read the same`(number: UInt8)
        throws
    {
        var values = ExtensionValues()
        values.mid = "audio"
        values.transportSequence = 65_535
        let map: ExtensionMap = [.mid: number, .transportSequence: 3]
        var written = ByteBuffer()
        RTPHeader(payloadType: 111, hasMarker: false, sequence: 1, timestamp: 2, ssrc: SSRC(3)).write(
            values, as: map, into: &written)
        #expect(written.readableBytes % 4 == 0)
        written.writeString("sound")
        let read = try RTPPacket(written)
        #expect(ExtensionValues(read.header.extensions, as: map) == values)
        #expect(String(buffer: read.payload) == "sound")
    }

    @Test func `padding and contributing sources are no payload`() throws {
        let read = try RTPPacket(ByteBuffer(hexadecimal: "a2e0 0102 00000bb8 00000001 00000002 00000003 7061 000003"))
        #expect(String(buffer: read.payload) == "pa")
        #expect(read.header.length == 20)
    }

    @Test(arguments: [
        "", "80", "40e0010200000bb800000001", "81e0010200000bb800000001", "90e0010200000bb800000001bede0003",
        "a0e0010200000bb80000000105", "a0e0010200000bb80000000100",
    ])
    func `a torn packet is refused`(bytes: String) {
        #expect(throws: RTPError.self) { try RTPPacket(ByteBuffer(hexadecimal: bytes)) }
    }

    @Test func `a header is rewritten in its place, and all else stays`() throws {
        var rewritten = packet
        rewritten.rewriteHeader(payloadType: 102, sequence: 9, timestamp: 10, ssrc: SSRC(11))
        let (before, after) = (try RTPPacket(packet), try RTPPacket(rewritten))
        #expect(after.header.payloadType == 102)
        #expect(after.header.sequence == 9)
        #expect(after.header.timestamp == 10)
        #expect(after.header.ssrc == SSRC(11))
        #expect(after.header.hasMarker)
        #expect(after.payload == before.payload)
        #expect(after.header.extensions == before.header.extensions)
    }

    @Test func `RTCP is told from RTP by its second byte (MUX-1)`() {
        #expect(!RTPPacket.isControl(packet))
        #expect(!RTPPacket.isControl(ByteBuffer(bytes: [128])))
        #expect(RTPPacket.isControl(ByteBuffer(bytes: [128, 200])))
        #expect(RTPPacket.isControl(ByteBuffer(bytes: [128, 206])))
    }

    @Test func `a packet sent again carries the number of the first (RTP-3)`() {
        var repair = ByteBuffer()
        RetransmissionPayload.write(ByteBuffer(string: "picture"), of: 515, into: &repair)
        let read = RetransmissionPayload.read(repair)
        #expect(read?.sequence == 515)
        #expect(read?.payload == ByteBuffer(string: "picture"))
        #expect(RetransmissionPayload.read(ByteBuffer(bytes: [2, 3])) == nil)
    }
}
