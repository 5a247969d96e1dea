import Foundation
import NIOCore
import Testing
import Zlib

@Suite struct `gzip` {
    @Test(arguments: [0, 1, 1000, 300_000]) func `gives back what was packed`(count: Int) throws {
        let bytes = ByteBuffer(bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) })
        #expect(try unpack(Gzip.compress(bytes)) == bytes)
    }

    @Test func `makes a playlist much smaller`() throws {
        let line = "#EXT-X-PART:DURATION=0.50000,URI=\"1234.0.m4s\",INDEPENDENT=YES\n"
        let playlist = ByteBuffer(string: String(repeating: line, count: 40))
        #expect(try Gzip.compress(playlist).readableBytes < playlist.readableBytes / 10)
    }

    /// As the `gzip` program sees it.
    private func unpack(_ packed: ByteBuffer) throws -> ByteBuffer {
        let file = FileManager.default.temporaryDirectory.appending(path: "gzip-\(UUID().uuidString).gz")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(packed.readableBytesView).write(to: file)
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc", file.path]
        process.standardOutput = output
        try process.run()
        return ByteBuffer(bytes: output.fileHandleForReading.readDataToEndOfFile())
    }
}
