import Fuzzing
import NIOCore
import WebRTC

/// A message is read or refused, the agent answers what is read, and an answer of ours is a message; whatever stands on a
/// stream comes out in frames.
@main enum STUNFuzz: Fuzzing {
    private static let credentials = ICECredentials(fragment: "evtj", password: "VOkJxbRl1RmTxUk/WvJxBt")

    static func test(_ input: ByteBuffer) {
        frame(input)
        guard let remote = try? SocketAddress(ipAddress: "2001:db8::7", port: 4000), let message = try? STUNMessage(input) else {
            return
        }
        var agent = LiteAgent(credentials, remoteFragment: nil, at: .uptimeNanoseconds(0))
        let answer = agent.receive(message, by: ICEPath(.udp, remote), at: .uptimeNanoseconds(1))
        guard let reply = answer.reply else { return }
        let read = try? STUNMessage(reply)
        precondition(read?.transaction == message.transaction, "we cannot read what we answered")
        precondition(read?.kind == .error || read?.mappedAddress == remote, "the address did not come back")
    }

    private static func frame(_ input: ByteBuffer) {
        var framing = StreamFraming()
        framing.append(input)
        var bytes = 0
        while let datagram = try? framing.next() { bytes += 2 + datagram.readableBytes }
        precondition(bytes <= input.readableBytes, "more came out than went in")
    }
}
