import Fuzzing
import NIOCore
import RTP

/// A packet and what its extensions say; what is read can be rewritten, and then reads as such.
@main enum RTPFuzz: Fuzzing {
    private static let map: ExtensionMap = [
        .mid: 4, .rid: 10, .repairedRID: 11, .audioLevel: 1, .transportSequence: 3, .absoluteSendTime: 2,
    ]

    static func test(_ input: ByteBuffer) {
        guard let packet = try? RTPPacket(input) else { return }
        _ = ExtensionValues(packet.header.extensions, as: map)
        _ = RetransmissionPayload.read(packet.payload)
        var rewritten = input
        rewritten.rewriteHeader(payloadType: 96, sequence: 7, timestamp: 8, ssrc: SSRC(9))
        let header = try? RTPHeader(of: rewritten)
        precondition(header?.ssrc == SSRC(9) && header?.length == packet.header.length)
    }
}
