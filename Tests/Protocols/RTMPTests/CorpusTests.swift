import FoundationEssentials
import NIOCore
import RTMP
import Testing

/// Replays what the fuzzers start from and have found: none of it may trap.
@Suite struct CorpusTests {
    private static func inputs(_ target: String) throws -> [ByteBuffer] {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Fuzz/Corpus/\(target)").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!files.isEmpty)
        return try files.map { ByteBuffer(bytes: try Data(contentsOf: folder.appending(path: $0))) }
    }

    /// What a connection makes of `pieces` behind its handshake, each publication admitted at once, its answers left out.
    private static func replay(_ pieces: [ByteBuffer]) -> [ConnectionAction] {
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
            let whole = Self.replay([input])
            for pieces in cuttings(of: input) { #expect(Self.replay(pieces) == whole) }
        }
    }

    /// Recorded from ffmpeg 5.1.9: a picture of 64 by 48 with B-frames and a tone, six frames long.
    @Test func `what ffmpeg sends is understood from its first command to its last`() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../Fuzz/Corpus/Connection/ffmpeg-5.1").standardized
        let actions = Self.replay([ByteBuffer(bytes: try Data(contentsOf: file))])
        let pictures = actions.compactMap { action -> (VideoTag.Picture, UInt32)? in
            if case .video(.picture(let picture), let timestamp) = action { (picture, timestamp) } else { nil }
        }
        #expect(actions.first == .askToPublish(PublishIntent(application: "live", key: StreamKey("testkey"))))
        #expect(actions.dropFirst().first == .metadata(StreamMetadata(encoder: "Lavf59.27.100")))
        #expect(pictures.map(\.0.isKey) == [true, false, false, false, false, true])
        #expect(pictures.map(\.1) == pictures.map(\.1).sorted())
        #expect(actions.last == .unpublished)
    }
}
