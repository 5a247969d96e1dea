import Fuzzing
import NIOCore
import RTP

/// A series of payloads, each behind a byte whose lowest bit is the marker and its length in a byte, in each coding.
@main enum DepacketiserFuzz: Fuzzing {
    static func test(_ input: ByteBuffer) {
        for coding in PictureCoding.allCases { assemble(input, coding) }
    }

    private static func assemble(_ input: ByteBuffer, _ coding: PictureCoding) {
        var rest = input
        var assembler = FrameAssembler(coding)
        var sequence: UInt16 = 0
        while let flags: UInt8 = rest.readInteger(), let payload = rest.readLengthPrefixedSlice(as: UInt8.self) {
            if flags & 2 != 0 { assembler.lose() }
            let header = RTPHeader(
                payloadType: 96, hasMarker: flags & 1 != 0, sequence: sequence, timestamp: UInt32(flags >> 2), ssrc: SSRC(1))
            _ = coding.beginsKeyFrame(payload)
            let frames = assembler.append(RTPPacket(header: header, payload: payload))
            precondition(frames.allSatisfy { $0.bytes.readableBytes > 0 }, "a frame of nothing")
            sequence &+= 1
        }
    }
}
