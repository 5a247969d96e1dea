import Fuzzing
import NIOCore
import RTMP

/// A whole connection behind its handshake, each publication admitted at once: the machine closes at most once, and says
/// nothing after that.
@main enum ConnectionFuzz: Fuzzing {
    private static let handshake = ByteBuffer(bytes: [3] + [UInt8](repeating: 0, count: 2 * ServerHandshake.packetLength))
    private static let nonce = [UInt8](repeating: 0, count: ServerHandshake.nonceLength)

    static func test(_ input: ByteBuffer) {
        var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var connection = ServerConnection(nonce: nonce, at: now)
        _ = connection.received(handshake, at: now)
        var rest = input
        while let piece = rest.readSlice(length: min(97, rest.readableBytes)), piece.readableBytes > 0 {
            let wasClosed = connection.isClosed
            var actions = connection.received(piece, at: now)
            precondition(!wasClosed || actions.isEmpty, "a closed connection acted")
            while case .askToPublish = actions.last { actions = connection.publishAccepted(at: now) }
            now = now + .milliseconds(20)
            _ = connection.timePassed(now)
        }
        _ = connection.serverStops(at: now)
        let last = connection.timePassed(now + .hours(1))
        precondition(connection.isClosed && last.count <= 1)
    }
}
