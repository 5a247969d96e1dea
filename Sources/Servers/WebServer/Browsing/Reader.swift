import Hummingbird

/// Who reads a page, in which language and dress.
struct Reader: Sendable {
    let identity: Identity
    let language: Language
    let theme: Theme
    /// The path and query of the page.
    let address: String
    /// What the reader has chosen just now, by the page's own links; kept for a year.
    let choices: [Cookie]

    private static let kept: Duration = .seconds(365 * 24 * 3600)
    /// Longest address that a page repeats in its links, in bytes.
    private static let maximumAddress = 2048

    init(_ request: Request, _ context: WebContext) {
        let (query, cookies, secure) = (request.uri.queryParameters, request.cookies, context.arrival.isSecure)
        let language = query["lang"].flatMap { Language(rawValue: String($0)) }
        let theme = query["theme"].flatMap { Theme(rawValue: String($0)) }
        identity = context.identity
        self.language =
            language
            ?? .choose(
                chosen: cookies[CookieName.language(secure: secure)]?.value, acceptLanguage: request.headers[.acceptLanguage])
        self.theme = theme ?? .choose(chosen: cookies[CookieName.theme(secure: secure)]?.value)
        let isShort = request.uri.string.utf8.count <= Self.maximumAddress && request.uri.string.hasPrefix("/")
        address = isShort ? request.uri.string : request.uri.path
        let chosen = [
            language.map { (CookieName.language(secure: secure), $0.rawValue) },
            theme.map { (CookieName.theme(secure: secure), $0.rawValue) },
        ]
        choices = chosen.compactMap { $0 }.map { Cookie(house: $0.0, value: $0.1, lifetime: Self.kept, secure: secure) }
    }

    /// The languages in which titles are looked for.
    var languages: [String] { [language.rawValue] }
}
