import Foundation
import HTTPTypes
import Hummingbird
import Registration
import Time

/// `/sign-in`: where links are asked for, and the page behind a mailed one (P-1). Looking at it uses nothing up, since mail scanners
/// look too; its button does.
struct SignInPages {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("sign-in", use: show)
        pages.post("sign-in", use: redeem)
        pages.post("sign-in/link", use: sendLink)
    }

    private struct Form: Decodable {
        let token: String
        let next: String?
    }

    private struct LinkForm: Decodable {
        let mail: String
        let next: String?
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let query = request.uri.queryParameters
        if query["signed-out"] != nil { return try await answer(.signedOut, .ok, request, context) }
        if query["asked"] != nil { return try await answer(.asked, .ok, request, context) }
        guard let shown = query["link"], !shown.isEmpty else { return try await answer(.needed, .ok, request, context) }
        let link = try await hub.registration.link(digest: Secret(shown: String(shown)).digest)
        guard let link, let person = try await hub.registration.person(link.person)
        else { return try await answer(.unknown, .notFound, request, context) }
        if link.usedAt != nil { return try await answer(.used, .gone, request, context) }
        if hub.clock.now() >= link.expiresAt { return try await answer(.expired, .gone, request, context) }
        let next = LocalAddress.checked(query["next"].map(String.init))
        let state = SignInPage.State.invitation(name: person.name, mail: person.mail.text, token: String(shown), next: next)
        return try await answer(state, .ok, request, context)
    }

    /// There is no sign-in yet that a token could be bound to: what the browser says of the request's origin is the defence.
    @Sendable private func redeem(_ request: Request, _ context: WebContext) async throws -> Response {
        try ForgeryGuard.checkOrigin(request.headers, arrival: context.arrival)
        let form = try await request.form(as: Form.self, context: context)
        do {
            let (signIn, cookie) = try await hub.signIns.redeem(Secret(shown: form.token))
            return welcome(signIn, cookie, to: LocalAddress.checked(form.next), context.arrival)
        } catch let error as RegistrationError {
            return try await answer(.init(error), .init(error), request, context)
        }
    }

    /// Anybody may ask for anybody, and is always told the same. No sign-in authorises it: the origin is the defence here too.
    @Sendable private func sendLink(_ request: Request, _ context: WebContext) async throws -> Response {
        try ForgeryGuard.checkOrigin(request.headers, arrival: context.arrival)
        let form = try await request.form(as: LinkForm.self, context: context)
        let reader = Reader(request, context)
        guard let mail = MailAddress(form.mail.trimmingCharacters(in: .whitespaces)) else {
            return try await answer(.needed, .unprocessableContent, request, context, next: form.next, unfit: form.mail)
        }
        let next = form.next.map(LocalAddress.checked)
        try await hub.links.send(to: mail, in: reader.language, next: next, for: context.arrival.client)
        return .redirect(to: "/sign-in?asked", type: .normal)
    }

    private func welcome(_ signIn: SignIn, _ cookie: Secret, to next: String, _ arrival: Arrival) -> Response {
        var response = Response.redirect(to: next, type: .normal)
        response.headers[.cacheControl] = "no-store"
        response.setCookie(
            Cookie(
                house: CookieName.signIn(secure: arrival.isSecure), value: cookie.text,
                lifetime: signIn.expiresAt.since(signIn.createdAt), secure: arrival.isSecure))
        return response
    }

    private func answer(
        _ state: SignInPage.State, _ status: HTTPResponse.Status, _ request: Request, _ context: WebContext,
        next: String? = nil, unfit: String? = nil
    ) async throws -> Response {
        let next = LocalAddress.checked(next ?? request.uri.queryParameters["next"].map(String.init))
        let page = SignInPage(state: state, next: next, unfit: unfit, isSpooling: hub.links.isSpooling)
        var response = try await desk.answer(page, to: Reader(request, context), status: status)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension SignInPage.State {
    fileprivate init(_ error: RegistrationError) {
        self =
            switch error.code {
            case .linkUsed: .used
            case .linkExpired: .expired
            case .linkUnknown, .nameUnfit, .expiryUnfit, .rosterUnfit: .unknown
            }
    }
}

extension HTTPResponse.Status {
    fileprivate init(_ error: RegistrationError) {
        self = error.code == .linkUsed || error.code == .linkExpired ? .gone : .notFound
    }
}

/// Where somebody is sent after they have signed in: a page of ours and nobody else's.
enum LocalAddress {
    static let maximumLength = 1024

    /// A path on this server; the person's own page where it is anything else. `//host` and `/\host` are other hosts to browsers.
    static func checked(_ address: String?) -> String {
        guard let address, address.utf8.count <= maximumLength, address.hasPrefix("/"), !address.hasPrefix("//"),
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return "/me" }
        return address
    }
}
