import NIOCore
import RTP
import Testing

struct PayloadTests {
    /// Frames that the payloads make, all of one timestamp but where `/` begins the next.
    private func frames(_ coding: PictureCoding, _ pictures: [[String]]) -> [CodedFrame] {
        var assembler = FrameAssembler(coding)
        var sequence: UInt16 = 0
        var frames: [CodedFrame] = []
        for (number, payloads) in pictures.enumerated() {
            for (index, payload) in payloads.enumerated() {
                let packet = RTPPacket(
                    sequence, timestamp: UInt32(number) * 3000, hasMarker: index == payloads.count - 1,
                    ByteBuffer(hexadecimal: payload))
                frames += assembler.append(packet)
                sequence += 1
            }
        }
        return frames
    }

    @Test func `single units, aggregates and fragments of H.264 make frames (RTP-9)`() {
        let made = frames(.h264, [["18 0004 67420a0b 0002 68ce", "7c85 aabb", "7c05 cc", "7c45 dd"], ["41 9a"]])
        #expect(made.map(\.isKey) == [true, false])
        #expect(made.map(\.timestamp) == [0, 3000])
        #expect(made[0].bytes == ByteBuffer(hexadecimal: "00000004 67420a0b 00000002 68ce 00000005 65aabbccdd"))
        #expect(made[1].bytes == ByteBuffer(hexadecimal: "00000002 419a"))
    }

    @Test func `the frames of VP8 begin with their first part`() {
        let made = frames(.vp8, [["90 80 8001 10aa", "80 80 8001 bb"], ["10 11cc"]])
        #expect(made.map(\.isKey) == [true, false])
        #expect(made.map(\.bytes) == [ByteBuffer(hexadecimal: "10aabb"), ByteBuffer(hexadecimal: "11cc")])
    }

    @Test func `of VP9 the lowest layer is taken`() {
        let made = frames(.vp9, [["ba 8001 00 10 02800168 41", "b8 8001 02 42"], ["cc 8002 43"]])
        #expect(made.map(\.isKey) == [true, false])
        #expect(made.map(\.bytes) == [ByteBuffer(hexadecimal: "41"), ByteBuffer(hexadecimal: "43")])
    }

    @Test func `units of AV1 get their sizes back`() {
        let made = frames(.av1, [["68 02 0810 30aabb", "90 ccdd"], ["10 30ee"]])
        #expect(made.map(\.isKey) == [true, false])
        #expect(made[0].bytes == ByteBuffer(hexadecimal: "0a0110 3204aabbccdd"))
        #expect(made[1].bytes == ByteBuffer(hexadecimal: "3201ee"))
    }

    @Test(
        arguments: [
            (.h264, "18 0004 67420a0b 0002 68ce", true), (.h264, "7c85aa", true), (.h264, "7c05aa", false),
            (.h264, "419a", false),
            (.h264, "652a", false), (.h264, "65", false),
            (.vp8, "9080 8001 10", true), (.vp8, "10 11", false), (.vp8, "00 10", false), (.vp9, "8c 8001 41", true),
            (.vp9, "cc 8001 41", false), (.av1, "18 0a", true), (.av1, "10 0a", false), (.av1, "", false),
        ] as [(PictureCoding, String, Bool)])
    func `the packet that begins a key frame is known`(coding: PictureCoding, payload: String, begins: Bool) {
        #expect(coding.beginsKeyFrame(ByteBuffer(hexadecimal: payload)) == begins)
    }

    @Test func `a frame with a hole, and what follows it up to the next key frame, is left out`() {
        var assembler = FrameAssembler(.h264)
        func append(_ sequence: UInt16, _ payload: String) -> [Bool] {
            assembler.append(RTPPacket(sequence, timestamp: UInt32(sequence), hasMarker: true, ByteBuffer(hexadecimal: payload)))
                .map(\.isKey)
        }
        #expect(append(1, "419a").isEmpty)
        #expect(append(2, "65aa") == [true])
        assembler.lose()
        #expect(assembler.awaitsKeyFrame)
        #expect(append(4, "419a").isEmpty)
        #expect(append(5, "652a").isEmpty, "a later slice of a key frame whose first is missing")
        #expect(append(6, "65aa") == [true])
        #expect(append(7, "419a") == [false])
        #expect(!assembler.awaitsKeyFrame)
    }

    @Test func `a fragment without its beginning costs its frame alone`() {
        let made = frames(.h264, [["65aa"], ["7c41 bb"], ["65cc"]])
        #expect(made.map(\.timestamp) == [0, 6000])
    }

    @Test(arguments: [1, 100, 1100, 1101, 5000, 123_456]) func `a unit is cut into packets of one size, and comes together again`(
        length: Int
    ) {
        let packetiser = H264Packetiser(maximumPayload: 1100)
        let sets = [ByteBuffer(hexadecimal: "67420a0b"), ByteBuffer(hexadecimal: "68ce")]
        let picture = ByteBuffer(bytes: [0x65] + (0..<length).map { UInt8($0 % 251) })
        let payloads = packetiser.packetise([ByteBuffer(hexadecimal: "09f0")] + sets + [picture])
        let sizes = payloads.map(\.readableBytes)
        #expect(sizes.allSatisfy { $0 <= 1100 })
        #expect(Set(sizes.dropFirst().dropLast()).count <= 1)
        var assembler = FrameAssembler(.h264)
        var made: [CodedFrame] = []
        for (index, payload) in payloads.enumerated() {
            made += assembler.append(RTPPacket(UInt16(index), hasMarker: index == payloads.count - 1, payload))
        }
        let units = (sets + [picture]).map { ByteBuffer(integer: UInt32($0.readableBytes)).joined(with: $0) }
        #expect(made.map(\.bytes) == [units.reduce(ByteBuffer()) { $0.joined(with: $1) }])
    }
}

extension ByteBuffer {
    fileprivate func joined(with other: ByteBuffer) -> ByteBuffer {
        var whole = self
        whole.writeImmutableBuffer(other)
        return whole
    }
}
