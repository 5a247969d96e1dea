import NIOCore
import Testing
import WebRTC

struct FramingTests {
    @Test(
        arguments: [
            (0, .stun), (3, .stun), (4, nil), (15, nil), (16, nil), (19, nil), (20, .dtls), (63, .dtls), (64, nil), (79, nil),
            (127, nil), (128, .media), (191, .media), (192, nil), (255, nil),
        ] as [(UInt8, DatagramKind?)])
    func `MUX-1: the first byte tells what a datagram is`(byte: UInt8, kind: DatagramKind?) {
        #expect(DatagramKind(ByteBuffer(bytes: [byte, 0])) == kind)
    }

    @Test func `nothing is no datagram`() {
        #expect(DatagramKind(ByteBuffer()) == nil)
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func `datagrams on a stream are the same however it is cut`(length: Int) throws {
        let datagrams = [ByteBuffer(string: "one"), ByteBuffer(), ByteBuffer(repeating: 7, count: 1200)]
        var stream = ByteBuffer()
        for datagram in datagrams { StreamFraming.write(datagram, into: &stream) }
        var framing = StreamFraming()
        var read: [ByteBuffer] = []
        while stream.readableBytes > 0 {
            framing.append(stream.readSlice(length: min(length, stream.readableBytes))!)
            while let datagram = try framing.next() { read.append(datagram) }
        }
        #expect(read == datagrams)
    }

    @Test func `a frame that no peer sends ends the stream`() {
        var framing = StreamFraming()
        framing.append(ByteBuffer(bytes: [0xFF, 0xFF]))
        #expect(throws: StreamFramingError(length: 65_535)) { try framing.next() }
    }
}
