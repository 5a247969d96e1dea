package import Registration

/// Takes mail to where it is delivered from.
package protocol LetterCarrier: Sendable {
    /// Returns when the mail is in other hands.
    func carry(_ mail: Mail) async throws(CarriageError)
}

/// One attempt to send a letter, ready to go.
package struct Mail: Hashable, Sendable {
    /// Another one for each attempt: a letter and the number of the attempt. Fit for a file's name.
    package let name: String
    package let sender: MailAddress
    package let recipient: MailAddress
    /// RFC 5322, with CRLF at the end of every line.
    package let message: [UInt8]
}

/// Why a mail was not taken.
package struct CarriageError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// It concerns every mail.
        case unreachable
        /// Not now.
        case later
        /// Not this one, ever.
        case refused
    }

    package let code: Code
    /// For the operator; without addresses.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
