import Hummingbird
import Registration

/// What a request shows of who sends it.
struct RequestCredentials: Sendable {
    /// The whole `Authorization` header.
    let authorization: String?
    /// What the sign-in cookie holds.
    let signIn: Secret?

    init(_ request: Request, arrival: Arrival) {
        authorization = request.headers[.authorization]
        signIn = request.cookies[CookieName.signIn(secure: arrival.isSecure)].map { Secret(shown: $0.value) }
    }

    init(signIn: Secret) {
        authorization = nil
        self.signIn = signIn
    }
}
