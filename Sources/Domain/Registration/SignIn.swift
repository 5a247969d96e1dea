package import Identifiers
package import Time

/// A link that signs one person in, once (P-1).
package struct SignInLink: Hashable, Sendable {
    package let person: PersonID
    package let digest: String
    package let expiresAt: UTCInstant
    package let usedAt: UTCInstant?

    package init(person: PersonID, digest: String, expiresAt: UTCInstant, usedAt: UTCInstant? = nil) {
        self.person = person
        self.digest = digest
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }
}

/// A person's login in one browser.
package struct SignIn: Hashable, Sendable {
    package let id: SignInID
    package let person: PersonID
    package let createdAt: UTCInstant
    package let expiresAt: UTCInstant

    package init(id: SignInID, person: PersonID, createdAt: UTCInstant, expiresAt: UTCInstant) {
        self.id = id
        self.person = person
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
