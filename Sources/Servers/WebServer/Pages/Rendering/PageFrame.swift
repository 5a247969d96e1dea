import Foundation

/// What stands around every page: whose it is, in which language, and where it belongs.
struct PageFrame: Sendable {
    let language: Language
    let theme: Theme
    /// The path and query of the page itself; language and theme links lead back to it.
    let address: String
    /// The name of who is signed in.
    let person: String?
    /// The token that every writing form and call carries; nil where nobody is signed in.
    let csrf: String?
    /// The conference that the page belongs to.
    let conference: ConferenceLink?

    struct ConferenceLink: Hashable, Sendable {
        let title: String
        /// `/wepc-2021`
        let path: String
        let zone: TimeZone
    }
}

extension PageFrame {
    func fields(title: String, in words: Wording) -> Fields {
        [
            "lang": .text(language.rawValue), "dir": .text(language.direction), "theme": .text(theme.rawValue),
            "pageTitle": .text(title), "csrf": .text(csrf), "person": .text(person),
            "conferenceLink": .object(conference.map { ["title": .text($0.title), "path": .text($0.path)] }),
            "signInAddress": .text("/sign-in?next=\(Self.encoded(address))"),
            "languages": .list(of: Language.allCases.map(choice)), "themes": .list(of: Theme.allCases.map { choice($0, words) }),
        ]
    }

    private func choice(_ other: Language) -> Fields {
        [
            "code": .text(other.rawValue), "name": .text(other.ownName), "chosen": .flag(other == language),
            "address": .text(address(setting: "lang", to: other.rawValue)),
        ]
    }

    private func choice(_ other: Theme, _ words: Wording) -> Fields {
        [
            "name": .text(words.name(of: "theme", other.rawValue)), "chosen": .flag(other == theme),
            "address": .text(address(setting: "theme", to: other.rawValue)),
        ]
    }

    /// This page's address with one setting in its query, in place of an earlier one.
    func address(setting name: String, to value: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first.map(String.init) ?? "/"
        let kept = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter { !$0.hasPrefix("\(name)=") }
        return path + "?" + (kept.map(String.init) + ["\(name)=\(value)"]).joined(separator: "&")
    }

    /// A value for a query: everything but RFC 3986's unreserved characters and `/` is percent-encoded.
    static func encoded(_ value: String) -> String {
        var plain = CharacterSet(charactersIn: "a"..."z")
        plain.formUnion(CharacterSet(charactersIn: "A"..."Z"))
        plain.formUnion(CharacterSet(charactersIn: "0123456789-._~/"))
        return value.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
