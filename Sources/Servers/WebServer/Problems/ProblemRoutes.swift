import HTTPTypes
import Hummingbird

/// `/problems/{code}`: what the type of a problem means, for whoever follows the URI (RFC 9457 §3.1.1).
struct ProblemRoutes {
    func addRoutes(to router: Router<WebContext>) {
        router.get("problems/{code}", use: explain)
    }

    @Sendable private func explain(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let kind = context.parameters.get("code", as: ProblemKind.self) else { throw Problem(.notFound) }
        let text = "\(kind.title) (HTTP \(kind.status.code))\n\n\(kind.next)\n"
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=86400"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
