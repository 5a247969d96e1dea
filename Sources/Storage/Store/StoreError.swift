import GRDB

/// Why the database did not do what it was asked, for whoever called or for the operator.
package struct StoreError: Error, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// Something of this name or address is there already.
        case conflict
        /// What it refers to is not there, or belongs to another conference.
        case missing
        /// A value breaks one of the schema's rules.
        case invalid
        /// What was read is not what this program writes.
        case damaged
        /// The file was written by a newer version of the program.
        case newer
        /// The file cannot be opened, read or written now.
        case unavailable
        /// The task that asked was cancelled; nothing was written.
        case cancelled
    }

    package let code: Code
    /// What failed and what would help. It holds no personal data.
    package let message: String
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { "\(code.rawValue): \(message)" }
}

extension StoreError {
    /// What GRDB or the tasks threw, in the store's own words.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error)
        case is CancellationError: self.init(.cancelled, "The task that asked the database was cancelled.")
        default: self.init(.unavailable, "The database did not answer.", cause: error)
        }
    }

    private init(_ error: DatabaseError) {
        let reason = error.message ?? "no reason given"
        let code = Self.code(of: error)
        switch code {
        case .conflict: self.init(code, "It is there already (\(reason)).", cause: error)
        case .missing: self.init(code, "What it refers to does not exist in this conference (\(reason)).", cause: error)
        case .invalid: self.init(code, "A value breaks a rule of the schema (\(reason)).", cause: error)
        case .damaged: self.init(code, "The database file is damaged (\(reason)). Restore it from a copy.", cause: error)
        case .cancelled: self.init(code, "The task that asked the database was cancelled.", cause: error)
        case .unavailable, .newer:
            self.init(
                code, "The database cannot be used (\(reason)). Check disk space and the rights of the data folder.",
                cause: error)
        }
    }

    private static func code(of error: DatabaseError) -> Code {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: .conflict
        case .SQLITE_CONSTRAINT_FOREIGNKEY: .missing
        case .SQLITE_CONSTRAINT: .invalid
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
        case .SQLITE_INTERRUPT, .SQLITE_ABORT: .cancelled
        default: .unavailable
        }
    }
}
