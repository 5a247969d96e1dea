/// `/sign-in`: the page behind a sign-in link, and what is said when there is none or it serves no longer, with the form to ask for one.
struct SignInPage: Page {
    static let template = "sign-in"
    let state: State
    /// The page to go on to once signed in.
    var next = "/me"
    /// What was typed as the address and is none.
    var unfit: String?
    /// Letters lie in a folder until somebody passes them on.
    var isSpooling = false

    enum State: Hashable, Sendable {
        /// A good link. It is used up by the button, not by being opened: mail scanners open links too.
        case invitation(name: String, mail: String, token: String, next: String)
        /// No link: how to come by one.
        case needed
        /// One was asked for, for whatever address.
        case asked
        case used
        case expired
        /// No such link: cut off, mistyped, or replaced by a newer one.
        case unknown
        case signedOut
    }

    func title(in words: Wording) -> String { words.phrases("sign-in.\(key).title") }

    func fields(in words: Wording) -> Fields {
        var fields: Fields = [
            "heading": .text(title(in: words)), "explanation": .text(words.phrases("sign-in.\(key).text")),
            "nextStep": .text(words.phrases.known("sign-in.\(key).next")), "invitation": .flag(false),
            "ask": .object(ask), "spooling": .flag(isSpooling),
        ]
        if case .invitation(let name, let mail, let token, let next) = state {
            fields["spooling"] = .flag(false)
            fields["invitation"] = .object([
                "name": .text(name), "mail": .text(mail), "token": .text(token), "next": .text(next),
            ])
        }
        return fields
    }

    /// The form; nil where it would only be in the way.
    private var ask: Fields? {
        switch state {
        case .invitation, .asked: nil
        case .needed, .used, .expired, .unknown, .signedOut:
            ["next": .text(next), "mail": .text(unfit ?? ""), "unfit": .flag(unfit != nil)]
        }
    }

    private var key: String {
        switch state {
        case .invitation: "invitation"
        case .needed: "needed"
        case .asked: "asked"
        case .used: "used"
        case .expired: "expired"
        case .unknown: "unknown"
        case .signedOut: "signed-out"
        }
    }
}
