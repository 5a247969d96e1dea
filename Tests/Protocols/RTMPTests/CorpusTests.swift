import FoundationEssentials
import NIOCore
import RTMP
import Testing

/// Replays what the fuzzers start from and have found: none of it may trap.
@Suite struct CorpusTests {
    private static func inputs(_ target: String) throws -> [ByteBuffer] {
        let files = try FileManager.default.contentsOfDirectory(atPath: Corpus.folder(target).path)
        #expect(!files.isEmpty)
        return try files.map { try Corpus.input(target, $0) }
    }

    @Test func `chunk streams are read without a trap`() throws {
        for input in try Self.inputs("ChunkStream") {
            var decoder = ChunkDecoder()
            decoder.append(input)
            while let message = try? decoder.next() { _ = message }
        }
    }

    @Test func `AMF is read without a trap`() throws {
        for input in try Self.inputs("AMF") {
            var decoder = AMF0Decoder(input)
            _ = try? decoder.rest()
            _ = try? Command(input)
        }
    }

    @Test func `bodies of audio and video are read without a trap`() throws {
        for input in try Self.inputs("FLV") {
            _ = try? VideoTag(input)
            _ = try? AudioTag(input)
        }
    }

    @Test func `connections give the same, however their bytes are cut`() throws {
        for input in try Self.inputs("Connection") {
            let whole = Corpus.replay([input])
            for pieces in cuttings(of: input) { #expect(Corpus.replay(pieces) == whole) }
        }
    }
}

/// The inputs that are kept for the fuzzers: what real clients sent, and what was found.
enum Corpus {
    static func folder(_ target: String) -> URL {
        URL(filePath: #filePath).appending(path: "../../../../Fuzz/Corpus/\(target)").standardized
    }

    static func input(_ target: String, _ name: String) throws -> ByteBuffer {
        ByteBuffer(bytes: try Data(contentsOf: folder(target).appending(path: name)))
    }

    /// What a connection makes of `pieces` behind its handshake, each publication admitted at once, its answers left out.
    static func replay(_ pieces: [ByteBuffer]) -> [ConnectionAction] {
        var client = Client()
        var heard: [ConnectionAction] = []
        for piece in [Client.handshake] + pieces {
            var actions = client.send(piece)
            heard += actions
            while case .askToPublish = actions.last {
                actions = client.accept()
                heard += actions
            }
        }
        return heard.filter { if case .send = $0 { false } else { true } }
    }
}
