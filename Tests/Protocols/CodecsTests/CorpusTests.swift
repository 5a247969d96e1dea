import Codecs
import FoundationEssentials
import NIOCore
import Testing

/// Replays what the fuzzer starts from and has found: none of it may trap.
@Suite struct CorpusTests {
    @Test func `parameters of codecs are read without a trap`() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Fuzz/Corpus/Parameters").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!files.isEmpty)
        for file in files {
            let input = ByteBuffer(bytes: try Data(contentsOf: folder.appending(path: file)))
            _ = try? AVCConfiguration(input)
            _ = try? SequenceParameterSet(Array(input.readableBytesView))
            _ = try? AudioSpecificConfig(input)
        }
    }
}
