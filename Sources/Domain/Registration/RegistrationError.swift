/// Why somebody could not be registered or signed in, in words for who asked.
package struct RegistrationError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// No such link, or a newer one has taken its place.
        case linkUnknown = "link-unknown"
        case linkUsed = "link-used"
        case linkExpired = "link-expired"
        /// Too long, or empty.
        case nameUnfit = "name-unfit"
        /// Past, or too far away.
        case expiryUnfit = "expiry-unfit"
        /// A file of participants that is no table, or lacks a column.
        case rosterUnfit = "roster-unfit"
    }

    package let code: Code
    /// What failed and what would help.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension RegistrationError {
    static let linkUnknown = RegistrationError(
        .linkUnknown, "This link is not valid, or a newer one has taken its place. Use the newest, or ask for another.")
    static let linkUsed = RegistrationError(.linkUsed, "This link has been used. A link works once: ask for another.")
    static let expiryUnfit = RegistrationError(
        .expiryUnfit, "A token expires later than now and within \(TokenDesk.longestDays) days.")
    static let linkExpired = RegistrationError(.linkExpired, "This link has expired. Ask for another.")

    static func roster(_ message: String) -> RegistrationError { RegistrationError(.rosterUnfit, message) }

    /// Bytes of UTF-8 in a name or an organisation.
    package static let maximumName = 200

    static func check(name: String, _ what: String) throws(RegistrationError) {
        guard name.utf8.count <= maximumName, name.contains(where: { !$0.isWhitespace }) else {
            throw RegistrationError(.nameUnfit, "The \(what) must have between 1 and \(maximumName) bytes.")
        }
    }
}
