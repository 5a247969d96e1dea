import Fuzzing
import NIOCore
import RTP

/// A compound of control packets; what is read and of a size that we write reads the same again.
@main enum RTCPFuzz: Fuzzing {
    static func test(_ input: ByteBuffer) {
        for packet in (try? RTCPPacket.read(input)) ?? [] {
            if case .sourceDescription = packet { continue }
            var output = ByteBuffer()
            packet.write(into: &output)
            precondition((try? RTCPPacket.read(output)) != nil, "\(packet) was written and cannot be read")
        }
    }
}
