import FoundationEssentials
import NIOCore
import SecureTransport
import Testing

/// Replays what the fuzzers start from and have found: none of it may trap, or pass for what it is not.
struct CorpusTests {
    private func corpus(_ name: String) throws -> [ByteBuffer] {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Fuzz/Corpus/\(name)").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!files.isEmpty)
        return try files.map { ByteBuffer(bytes: try Data(contentsOf: folder.appending(path: $0))) }
    }

    @Test(arguments: SRTPProfile.allCases)
    func `SEC-1: what nobody protected is refused`(profile: SRTPProfile) throws {
        let master = SRTPMasterKey(
            key: [UInt8](repeating: 1, count: 16), salt: [UInt8](repeating: 2, count: profile.saltLength))
        let receiver = try SRTPReceiver(profile, master)
        for input in try corpus("SRTP") {
            var (media, control) = (input, input)
            #expect(receiver.unprotect(&media) == nil)
            #expect(!receiver.unprotectControl(&control))
        }
    }

    @Test func `hellos alone establish nothing`() throws {
        let identity = try DTLSIdentity()
        for input in try corpus("DTLS") {
            let server = try DTLSConnection(identity, role: .server, peer: [identity.fingerprint])
            var rest = input
            while let length: UInt16 = rest.readInteger(), let datagram = rest.readSlice(length: Int(length)) {
                #expect(server.receive(datagram) == .none)
            }
            #expect(server.nextDatagram() != nil, "the server has nothing to say to a hello")
        }
    }
}
