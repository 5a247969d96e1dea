import Foundation
package import NIOCore

/// Decodes a file with the `ffmpeg` program, as a judge from outside.
package enum Decoder {
    /// What it complained of; empty where every frame decodes.
    package static func complaints(about file: ByteBuffer) throws -> String {
        try run("/usr/bin/ffmpeg", ["-v", "error", "-xerror", "-i", "FILE", "-f", "null", "-"], on: file)
    }

    /// The decode and presentation times of all packets, in ticks.
    package static func packets(of file: ByteBuffer) throws -> [(decode: Int64, presentation: Int64)] {
        let text = try run(
            "/usr/bin/ffprobe", ["-v", "error", "-show_entries", "packet=dts,pts", "-of", "csv=p=0", "FILE"], on: file)
        return text.split(separator: "\n").compactMap { line in
            let columns = line.split(separator: ",").compactMap { Int64($0) }
            return columns.count == 2 ? (columns[1], columns[0]) : nil
        }
    }

    /// The samples of a file of Opus, mixed to one channel at 48,000 Hz: as libopus decodes them, and thus browsers, for FFmpeg's
    /// own decoder breaks the packets that carry copies.
    package static func samples(ofOpus file: ByteBuffer) throws -> [Float] {
        let arguments = ["-v", "error", "-c:a", "libopus", "-i", "FILE", "-ac", "1", "-f", "f32le", "-"]
        var bytes = ByteBuffer(bytes: try output(of: "/usr/bin/ffmpeg", arguments, on: file))
        return (0..<bytes.readableBytes / 4).map { _ in Float(bitPattern: bytes.readInteger(endianness: .little) ?? 0) }
    }

    private static func run(_ program: String, _ arguments: [String], on file: ByteBuffer) throws -> String {
        String(decoding: try output(of: program, arguments, on: file), as: UTF8.self)
    }

    private static func output(of program: String, _ arguments: [String], on file: ByteBuffer) throws -> Data {
        let path = FileManager.default.temporaryDirectory.appending(path: "decoder-\(UUID().uuidString).mp4")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data(file.readableBytesView).write(to: path)
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: program)
        process.arguments = arguments.map { $0 == "FILE" ? path.path : $0 }
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }
}
