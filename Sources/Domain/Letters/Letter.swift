package import Identifiers
package import Registration
package import Time

/// A letter that is to go out: what is meant, not its words. Those are found when it goes, so that what it says is true then and
/// no secret lies in the queue.
package struct Letter: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A link that signs its reader in (P-1). Its matter may name the page to go on to, as `next`.
        case signInLink = "sign-in-link"
    }

    package enum State: String, CaseIterable, Hashable, Sendable {
        case waiting
        /// It will not go: refused, or tried for too long.
        case failed
    }

    package let id: LetterID
    package let kind: Kind
    /// Whether anybody has this address is looked up when the letter goes: whoever asks learns nothing by the time that it takes.
    package let mail: MailAddress
    /// The language that its reader chose, as BCP 47 writes it.
    package let language: String
    package let matter: [String: String]
    package let writtenAt: UTCInstant
    package var state = State.waiting
    /// When it is tried next.
    package var dueAt: UTCInstant
    /// How often it was tried.
    package var attempts = 0
    /// Why the last attempt failed, for the operator; without addresses.
    package var note: String?

    package init(
        id: LetterID, kind: Kind, mail: MailAddress, language: String, matter: [String: String], writtenAt: UTCInstant
    ) {
        self.id = id
        self.kind = kind
        self.mail = mail
        self.language = language
        self.matter = matter
        self.writtenAt = writtenAt
        dueAt = writtenAt
    }
}

/// What the post office needs kept.
package protocol LetterRepository: Sendable {
    /// Takes the place of an older letter of the same kind to the same address: what it says is newer.
    func add(_ letter: Letter) async throws
    /// The waiting letter that has been due for longest.
    func letter(due instant: UTCInstant) async throws -> Letter?
    /// Keeps how a letter fares; nothing happens where a newer one has taken its place.
    func update(_ letter: Letter) async throws
    func removeLetter(_ id: LetterID) async throws
}
