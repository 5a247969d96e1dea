import Fuzzing
import NIOCore
import SecureTransport

/// Whatever comes in place of a handshake, as datagrams that each begin with their length, establishes nothing.
@main enum DTLSFuzz: Fuzzing {
    private static let identity = try? DTLSIdentity()

    static func test(_ input: ByteBuffer) {
        guard let identity, let server = try? DTLSConnection(identity, role: .server, peer: [identity.fingerprint]) else {
            return
        }
        var rest = input
        while let length: UInt16 = rest.readInteger(),
            let datagram = rest.readSlice(length: min(Int(length), rest.readableBytes))
        {
            if case .established = server.receive(datagram) { preconditionFailure("nobody showed a certificate") }
            while server.nextDatagram() != nil {}
        }
        _ = server.timeOut()
        server.close()
    }
}
