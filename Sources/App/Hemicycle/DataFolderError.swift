package import Files

/// Why the data folder cannot be used; for the operator.
package struct DataFolderError: Error, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// Another program holds it.
        case inUse = "in-use"
        /// It cannot be made or written.
        case unusable
    }

    package let code: Code
    /// What failed, and what would help.
    package let message: String
    package let cause: FileError

    init(_ path: Path, _ cause: FileError) {
        self.cause = cause
        switch cause.code {
        case .locked:
            code = .inUse
            message = "\(path) is held by another program; is a server running with it already? One data folder has one server."
        default:
            code = .unusable
            message = "\(cause.message). The data folder must be one that the user who runs hemicycle may write."
        }
    }

    package var description: String { message }
}
