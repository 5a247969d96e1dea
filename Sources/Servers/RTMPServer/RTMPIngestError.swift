/// Why desks cannot be taken in: for the operator.
package struct RTMPIngestError: Error, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        case cannotListen = "cannot-listen"
        case unusableTLS = "unusable-tls"
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
