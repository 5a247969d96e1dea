import FoundationEssentials
import NIOCore
import Testing
import WebRTC

/// Replays what the fuzzer starts from and has found: none of it may trap.
struct CorpusTests {
    @Test func `STUN-1: messages are read without a trap`() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Fuzz/Corpus/STUN").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!files.isEmpty)
        var agent = LiteAgent(
            ICECredentials(fragment: "evtj", password: "VOkJxbRl1RmTxUk/WvJxBt"), remoteFragment: nil, at: .uptimeNanoseconds(0))
        let path = ICEPath(.udp, try SocketAddress(ipAddress: "192.0.2.7", port: 40_000))
        for file in files {
            let input = ByteBuffer(bytes: try Data(contentsOf: folder.appending(path: file)))
            guard let message = try? STUNMessage(input) else { continue }
            _ = agent.receive(message, by: path, at: .uptimeNanoseconds(1))
        }
    }

    @Test func `session descriptions are read and answered without a trap`() throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: Offers.folder.path) {
            let text = String(decoding: try Data(contentsOf: Offers.folder.appending(path: file)), as: UTF8.self)
            let offer = try? Offer(text)
            _ = try? offer?.accept(as: .viewer(nil)).answer(of: Offers.local)
        }
    }
}
