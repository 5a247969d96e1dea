import HTTPTypes

extension HTTPField.Name {
    static let acceptPatch = knownToBeAName("Accept-Patch")
    static let acceptPost = knownToBeAName("Accept-Post")
    static let crossOriginOpenerPolicy = knownToBeAName("Cross-Origin-Opener-Policy")
    static let csrf = knownToBeAName("X-Hemicycle-CSRF")
    static let forwardedFor = knownToBeAName("X-Forwarded-For")
    static let forwardedHost = knownToBeAName("X-Forwarded-Host")
    static let forwardedProto = knownToBeAName("X-Forwarded-Proto")
    static let idempotencyKey = knownToBeAName("Idempotency-Key")
    static let idempotentReplayed = knownToBeAName("Idempotent-Replayed")
    static let lastEventID = knownToBeAName("Last-Event-ID")
    static let permissionsPolicy = knownToBeAName("Permissions-Policy")
    static let referrerPolicy = knownToBeAName("Referrer-Policy")
    static let requestID = knownToBeAName("X-Request-ID")
    static let secFetchSite = knownToBeAName("Sec-Fetch-Site")

    private static func knownToBeAName(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a field name written above") }
        return name
    }
}
