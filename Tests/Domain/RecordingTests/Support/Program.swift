import Foundation

/// A program that is run to its end.
enum Program {
    struct Run {
        let status: Int32
        let output: String
        let errors: String
    }

    static func run(_ name: String, _ arguments: [String], in folder: String? = nil) -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let errorsPath = NSTemporaryDirectory() + "hemicycle-\(UUID().uuidString).errors"
        _ = FileManager.default.createFile(atPath: errorsPath, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: errorsPath) }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: errorsPath)
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return Run(status: -1, output: "", errors: "\(name) cannot be started") }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let errors = FileManager.default.contents(atPath: errorsPath) ?? Data()
        return Run(
            status: process.terminationStatus, output: String(decoding: data, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }
}
