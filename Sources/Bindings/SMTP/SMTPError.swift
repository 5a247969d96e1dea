/// Why a server did not take a message.
package struct SMTPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was being said when it failed.
    package enum Stage: String, Hashable, Sendable {
        /// All that concerns any message: the connection, its encryption, the account, the sender.
        case session
        case recipient
        case content
    }

    package let stage: Stage
    /// What the server answered last (RFC 5321 §4.2.1); nil where it has not said a word.
    package let answer: Int?
    /// For the operator; without the addresses of people.
    package let message: String

    package var description: String { message }
}
