package import Access
package import Identifiers
package import Registration

/// Who asks, and how that was shown.
enum Identity: Sendable {
    case anonymous
    case person(PresentSignIn)
    /// A script with a token.
    case token(TokenID, ConferenceID, Set<Scope>, shown: Secret)

    var subject: Subject {
        switch self {
        case .anonymous: .anonymous
        case .person(let signIn): signIn.subject
        case .token(let id, let conference, let scopes, _): .token(id, conference, scopes)
        }
    }

    /// What the caller shows to be let in; nil for nobody in particular.
    var shown: Secret? {
        switch self {
        case .anonymous: nil
        case .person(let signIn): signIn.secret
        case .token(_, _, _, let secret): secret
        }
    }

    /// The sign-in, where it is one that a browser shows by itself: what needs the defence against forged requests.
    var signIn: PresentSignIn? {
        if case .person(let signIn) = self { signIn } else { nil }
    }
}

/// A person who is signed in, as the cookie of this request shows.
package struct PresentSignIn: Sendable {
    package let person: PersonID
    package let participations: [Participation]
    /// What the cookie holds.
    package let secret: Secret

    package init(person: PersonID, participations: [Participation], secret: Secret) {
        self.person = person
        self.participations = participations
        self.secret = secret
    }

    package var subject: Subject { .person(person, participations) }
}
