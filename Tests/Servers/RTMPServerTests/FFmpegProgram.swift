import Foundation

/// The `ffmpeg` program, as a desk would run it.
struct FFmpegProgram: Sendable {
    struct Outcome: Sendable {
        let status: Int32
        let errors: String
    }

    /// Pushes a test picture with a tone, in real time; ends before that when the task is cancelled.
    static func push(seconds: Int, to address: String, picture options: [String] = []) async throws -> Outcome {
        let sources = [
            "-re", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25", "-re", "-f", "lavfi", "-i", "sine=f=440:r=48000",
        ]
        let picture = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p"] + options
        let sound = ["-c:a", "aac", "-ac", "2", "-t", String(seconds)]
        return try await run(["-hide_banner", "-nostdin"] + sources + picture + sound + ["-f", "flv", address])
    }

    /// The program reads no input; what it says is kept in a file, so that no pipe fills.
    private static func run(_ arguments: [String]) async throws -> Outcome {
        let report = FileManager.default.temporaryDirectory.appending(path: "rtmp-\(UUID().uuidString).log")
        try Data().write(to: report)
        defer { try? FileManager.default.removeItem(at: report) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["ffmpeg"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: report)
        let status = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (end: CheckedContinuation<Int32, any Error>) in
                process.terminationHandler = { end.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch { end.resume(throwing: error) }
            }
        } onCancel: {
            if process.isRunning { process.terminate() }
        }
        return Outcome(status: status, errors: try String(contentsOf: report, encoding: .utf8))
    }
}
