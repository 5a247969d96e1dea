import HTTPTypes
import Hummingbird

/// Pages of other sites whose scripts may read live media: the origins that the operator has named, and no other (ASVS 3.4.2).
///
/// All live media need a pass, so that there is no `*`; and the pass of such a page stands in the address, so that no cookie has to
/// travel with its requests (the Fetch standard, CORS protocol).
struct CrossOrigin: Sendable {
    let allowed: Set<String>

    /// The asking page's origin, where it may read the answer.
    func allows(_ origin: String?) -> String? {
        origin.flatMap { allowed.contains($0) ? $0 : nil }
    }

    /// - Parameter origin: one that is allowed; nil for any other request.
    func complete(_ fields: inout HTTPFields, for origin: String?) {
        guard !allowed.isEmpty else { return }
        fields[.vary] = fields[.vary].map { "\($0), Origin" } ?? "Origin"
        if let origin { fields[.accessControlAllowOrigin] = origin }
    }

    /// The answer to a browser that asks before it asks. `WebResponder` says whether the origin is allowed.
    @Sendable static func preflight(_ request: Request, _ context: WebContext) async throws -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, HEAD", .accessControlAllowHeaders: "Range, If-None-Match",
                .accessControlMaxAge: "86400",
            ])
    }
}
