import ArgumentParser
import Foundation

/// A file that a command is given, read where it runs.
struct TextFile: ParsableArguments {
    @Argument(help: "The file; “-” for the standard input.") var file: String

    /// - Parameter longest: bytes.
    func text(longest: Int) throws -> String {
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let handle else { throw ValidationError("“\(file)” cannot be read.") }
        let data = try handle.read(upToCount: longest + 1) ?? Data()
        guard data.count <= longest else { throw ValidationError("“\(file)” has more than \(longest) bytes.") }
        guard let text = String(validating: data, as: UTF8.self)
        else { throw ValidationError("“\(file)” is no UTF-8 text: save it as “CSV UTF-8” or as Unicode.") }
        return text
    }
}
