import NIOCore
import RTMP
import Testing

@Suite struct HandshakeTests {
    private let nonce = [UInt8](repeating: 0xAB, count: ServerHandshake.nonceLength)
    private let greeting = (0..<ServerHandshake.packetLength).map { UInt8(truncatingIfNeeded: $0) }

    @Test func `the answer holds our packet and the peer's own, however its bytes are cut`() throws {
        let input = ByteBuffer(bytes: [3] + greeting + [UInt8](repeating: 0xAB, count: ServerHandshake.packetLength))
        for pieces in cuttings(of: input) {
            var handshake = ServerHandshake(nonce: nonce)
            var (buffer, sent, isDone) = (ByteBuffer(), [ByteBuffer](), false)
            for piece in pieces {
                buffer.writeImmutableBuffer(piece)
                reading: while true {
                    switch try handshake.proceed(&buffer) {
                    case .needsMore: break reading
                    case .send(let answer): sent.append(answer)
                    case .done:
                        isDone = true
                        break reading
                    }
                }
            }
            #expect(isDone && buffer.readableBytes == 0)
            #expect(sent == [ByteBuffer(bytes: [3] + [0, 0, 0, 0, 0, 0, 0, 0] + nonce + greeting)])
        }
    }

    @Test func `an encrypted kin of RTMP is answered with the plain version`() throws {
        var handshake = ServerHandshake(nonce: nonce)
        var input = ByteBuffer(bytes: [6] + greeting)
        guard case .send(let answer) = try handshake.proceed(&input) else { throw RTMPError(.handshake, "no answer") }
        #expect(answer.getInteger(at: 0, as: UInt8.self) == 3)
    }

    @Test func `text of another protocol is refused at its first byte`() {
        var handshake = ServerHandshake(nonce: nonce)
        var input = ByteBuffer(string: "GET / HTTP/1.1\r\n")
        #expect { try handshake.proceed(&input) } throws: { ($0 as? RTMPError)?.code == .handshake }
    }
}
