import NIOCore
import RTP

extension ByteBuffer {
    /// From hexadecimal digits; blanks are for the eye.
    init(hexadecimal text: String) {
        let digits = text.filter(\.isHexDigit)
        self.init(
            bytes: stride(from: 0, to: digits.count, by: 2).map { place in
                UInt8(digits.dropFirst(place).prefix(2), radix: 16) ?? 0
            })
    }

    init(writing packets: RTCPPacket...) {
        self.init()
        for packet in packets { packet.write(into: &self) }
    }
}

extension RTPPacket {
    init(_ sequence: UInt16, timestamp: UInt32 = 0, hasMarker: Bool = false, _ payload: ByteBuffer = ByteBuffer(bytes: [0])) {
        let header = RTPHeader(
            payloadType: 96, hasMarker: hasMarker, sequence: sequence, timestamp: timestamp, ssrc: SSRC(1))
        self.init(header: header, payload: payload)
    }
}
