/// Why peers cannot be taken in: for the operator.
package struct PeerServerError: Error, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        case cannotListen = "cannot-listen"
    }

    package let code: Code
    /// What failed, and what would help.
    package let message: String
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message + (cause.map { " (\($0))" } ?? "") }
}
