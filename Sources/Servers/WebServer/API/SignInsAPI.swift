import Access
import Hummingbird
import Identifiers
import Registration
import Time

/// `/me/sign-ins`: the browsers in which somebody is signed in.
struct SignInsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("me/sign-ins", use: list)
        api.delete("me/sign-ins/{signIn}", use: end)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let present = try context.identity.presentSignIn()
        let own = try await hub.signIns.signIn(shown: present.secret)?.id
        let signIns = try await hub.signIns.signIns(of: present.person)
        return try JSON.response(["signIns": signIns.map { SignInAnswer($0, isThisOne: $0.id == own) }])
    }

    @Sendable private func end(_ request: Request, _ context: WebContext) async throws -> Response {
        let present = try context.identity.presentSignIn()
        try await hub.end(try SignInID(in: context.parameters), of: present.person)
        return Response(status: .noContent)
    }
}

struct SignInAnswer: Encodable {
    let id: SignInID
    let createdAt: UTCInstant
    let expiresAt: UTCInstant
    /// Whether the call was made with it.
    let isThisOne: Bool

    init(_ signIn: SignIn, isThisOne: Bool) {
        (id, createdAt, expiresAt) = (signIn.id, signIn.createdAt, signIn.expiresAt)
        self.isThisOne = isThisOne
    }
}

extension Identity {
    /// - Throws: the refusal of whoever is no signed-in person.
    fileprivate func presentSignIn() throws(Refusal) -> PresentSignIn {
        switch self {
        case .person(let signIn): signIn
        case .anonymous: throw .signInNeeded
        case .token: throw .personNeeded
        }
    }
}

extension SignInID {
    init(in parameters: Parameters) throws(Problem) {
        guard let id = parameters.get("signIn", as: SignInID.self) else { throw Problem.noSuchSignIn }
        self = id
    }
}

extension Hub {
    /// Pages and API call it alike. Somebody else's sign-in is as little there as one that has ended.
    func end(_ signIn: SignInID, of person: PersonID) async throws {
        guard try await signIns.end(signIn, of: person) else { throw Problem.noSuchSignIn }
    }
}

extension Problem {
    fileprivate static var noSuchSignIn: Problem { Problem(.notFound, "You have no such sign-in.") }
}
