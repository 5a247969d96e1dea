import Hummingbird

extension Cookie {
    /// A cookie of ours: for every path, out of reach of scripts, and sent along when somebody follows a link to us but not with
    /// what another site posts (SameSite=Lax). The value is ours: base64url and points.
    ///
    /// - Parameter lifetime: nil for as long as the browser runs; zero takes the cookie back.
    init(house name: String, value: String, lifetime: Duration?, secure: Bool) {
        self.init(
            name: name, value: value, maxAge: lifetime.map { Int(clamping: $0.components.seconds) }, path: "/", secure: secure,
            httpOnly: true, sameSite: .lax)
    }
}
