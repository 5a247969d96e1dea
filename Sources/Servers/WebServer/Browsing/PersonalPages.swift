import Access
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Registration

/// `/me`, `/sign-out` and `/licences`.
struct PersonalPages {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    func addRoutes(to pages: RouterGroup<WebContext>) {
        let signedIn = pages.group(context: SignedInContext.self)
        signedIn.get("me", use: me)
        signedIn.post("sign-out", use: signOut)
        signedIn.post("me/sign-ins/{signIn}", use: endSignIn)
        pages.get("licences", use: licences)
    }

    @Sendable private func me(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let reader = Reader(request, context.parent)
        guard let person = try await hub.registration.person(context.signIn.person) else { throw Problem(.notFound) }
        var participations: [MePage.Participation] = []
        for participation in context.signIn.participations {
            guard let page = try await page(of: participation, reader) else { continue }
            participations.append(page)
        }
        let page = MePage(
            name: person.name, mail: person.mail.text, participations: participations, others: try await others(context.signIn))
        return try await desk.answer(page, to: reader)
    }

    @Sendable private func signOut(_ request: Request, _ context: SignedInContext) async throws -> Response {
        _ = try await request.signedForm(as: EmptyForm.self, context: context.parent)
        try await hub.signIns.signOut(context.signIn.secret)
        let secure = context.parent.arrival.isSecure
        var response = Response.redirect(to: "/sign-in?signed-out", type: .normal)
        response.setCookie(Cookie(house: CookieName.signIn(secure: secure), value: "", lifetime: .zero, secure: secure))
        return response
    }

    /// Where the person is signed in besides here.
    private func others(_ present: PresentSignIn) async throws -> [MePage.OtherSignIn] {
        let own = try await hub.signIns.signIn(shown: present.secret)?.id
        return try await hub.signIns.signIns(of: present.person).filter { $0.id != own }.map { signIn in
            MePage.OtherSignIn(id: signIn.id.description, since: signIn.createdAt, until: signIn.expiresAt)
        }
    }

    @Sendable private func endSignIn(_ request: Request, _ context: SignedInContext) async throws -> Response {
        _ = try await request.signedForm(as: EmptyForm.self, context: context.parent)
        try await hub.end(try SignInID(in: context.parameters), of: context.signIn.person)
        return .redirect(to: "/me", type: .normal)
    }

    @Sendable private func licences(_ request: Request, _ context: WebContext) async throws -> Response {
        try await desk.answer(LicencesPage(desk.renderer.assets), to: Reader(request, context))
    }

    private func page(of participation: Participation, _ reader: Reader) async throws -> MePage.Participation? {
        guard let participant = try await hub.registration.participant(participation.participant),
            let conference = try await hub.programme.conference(participation.conference)
        else { return nil }
        let rooms = try await hub.roomNames(in: conference.id, reader)
        return MePage.Participation(
            conference: conference.title.text(in: reader.languages).text, path: conference.path,
            capacity: participant.capacity.rawValue,
            delegation: participant.organisation.isEmpty ? nil : participant.organisation,
            grants: participation.grants.map { MePage.Grant(code: $0.grant.rawValue, room: $0.room.flatMap { rooms[$0] }) })
    }
}

/// A form that says all by being sent.
struct EmptyForm: Decodable {}
