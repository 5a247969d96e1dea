import Foundation

/// The folder with templates, styles, modules, pictures and catalogues, read once at the start.
struct ResourceFolder: Sendable {
    let path: String

    /// The folder that the build put beside the program. It stands only where the program was built: an installation names its own.
    static var bundled: ResourceFolder {
        ResourceFolder(path: Bundle.module.bundlePath + "/Resources")
    }

    /// Larger than any page's file needs to be.
    private static let maximumFileSize = 4 << 20

    /// The files below a folder by their path in it, sorted, without hidden ones; none where the folder does not exist.
    func files(in folder: String) -> [String] {
        guard let enumerator = FileManager.default.enumerator(atPath: "\(path)/\(folder)") else { return [] }
        return enumerator.compactMap { $0 as? String }.filter { isFile("\(folder)/\($0)") }.sorted()
    }

    func bytes(of file: String) throws(ResourceError) -> Data {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))
        } catch {
            throw ResourceError(.unreadable, "\(path)/\(file) cannot be read; is the installation whole?", cause: error)
        }
        guard data.count <= Self.maximumFileSize else {
            throw ResourceError(.unreadable, "\(path)/\(file) is larger than \(Self.maximumFileSize) bytes")
        }
        return data
    }

    func text(of file: String) throws(ResourceError) -> String {
        guard let text = String(data: try bytes(of: file), encoding: .utf8) else {
            throw ResourceError(.unreadable, "\(path)/\(file) is not UTF-8")
        }
        return text
    }

    private func isFile(_ file: String) -> Bool {
        let name = file.split(separator: "/").last ?? ""
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")
        return !name.hasPrefix(".") && attributes?[.type] as? FileAttributeType == .typeRegular
    }
}

/// Why the pages cannot be served: for the operator, at the start.
struct ResourceError: Error, CustomStringConvertible {
    enum Code: String, Sendable {
        case unreadable = "resource-unreadable"
        case malformed = "resource-malformed"
    }

    let code: Code
    let message: String
    let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    var description: String { message + (cause.map { " (\($0))" } ?? "") }
}
