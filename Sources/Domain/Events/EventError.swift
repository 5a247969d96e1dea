/// Why events cannot be told, for who follows them.
package struct EventError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// They were asked for after a number whose successors are gone.
        case missing
    }

    package let code: Code
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
