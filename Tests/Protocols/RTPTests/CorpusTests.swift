import FoundationEssentials
import NIOCore
import RTP
import Testing

/// Replays what the fuzzers start from and have found: none of it may trap.
@Suite struct CorpusTests {
    private static func inputs(_ target: String) throws -> [ByteBuffer] {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Fuzz/Corpus/\(target)").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!files.isEmpty)
        return try files.map { ByteBuffer(bytes: try Data(contentsOf: folder.appending(path: $0))) }
    }

    @Test func `packets are read without a trap`() throws {
        for input in try Self.inputs("RTP") {
            guard let packet = try? RTPPacket(input) else { continue }
            _ = ExtensionValues(packet.header.extensions, as: [.mid: 4, .audioLevel: 1, .transportSequence: 3])
        }
    }

    @Test func `control packets are read without a trap`() throws {
        for input in try Self.inputs("RTCP") {
            for packet in (try? RTCPPacket.read(input)) ?? [] {
                var output = ByteBuffer()
                packet.write(into: &output)
            }
        }
    }

    @Test func `payloads are put together without a trap`() throws {
        for input in try Self.inputs("Depacketiser") {
            for coding in PictureCoding.allCases {
                var assembler = FrameAssembler(coding)
                var rest = input
                while let flags: UInt8 = rest.readInteger(), let payload = rest.readLengthPrefixedSlice(as: UInt8.self) {
                    _ = coding.beginsKeyFrame(payload)
                    _ = assembler.append(RTPPacket(0, timestamp: UInt32(flags >> 2), hasMarker: flags & 1 != 0, payload))
                }
            }
        }
    }
}
