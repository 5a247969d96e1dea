import HTTPTypes
package import Hummingbird
import Logging

/// The outermost layer: knows how each request came in, gives every answer its headers, and turns what was thrown into a problem
/// or a page.
package struct WebResponder: HTTPResponder {
    package typealias Context = WebContext

    let router: RouterResponder<WebContext>
    let methods: MethodTable
    /// What is answered before it comes to the router, by the same rules.
    let express: ExpressDesk
    let counts: RequestCounts
    /// Tells a problem as a page to somebody with a browser; nil where the request wants none.
    let page: @Sendable (Problem, Request, WebContext) async -> Response?

    package func respond(to request: Request, context: WebContext) async throws -> Response {
        let began = ContinuousClock.now
        var context = context
        context.arrival = Arrival(
            request.head, peer: context.peer, overTLS: express.overTLS, trustedProxies: express.trustedProxies)
        let isMedia = MediaRequest.isMedia(path: request.uri.path)
        var response = await admit(isMedia ? .media : .other, request, context)
        SecurityHeaders.complete(&response.headers, isSecure: context.arrival.isSecure)
        if isMedia || WHEPRoutes.isHere(path: request.uri.path) {
            express.crossOrigin.complete(&response.headers, for: express.crossOrigin.allows(request.headers[.origin]))
        }
        response.headers[.requestID] = context.requestID
        counts.count(
            request.method.rawValue, context.endpointPath, status: response.status.code, took: began.duration(to: .now))
        return response
    }

    private func admit(_ kind: AddressLimits.Kind, _ request: Request, _ context: WebContext) async -> Response {
        guard express.limits.allow(kind, from: context.arrival.client) else {
            return await tell(Problem(.tooManyRequests, headers: [.retryAfter: "1"]), request, context)
        }
        return await answer(request, context)
    }

    private func answer(_ request: Request, _ context: WebContext) async -> Response {
        do {
            let response = try await router.respond(to: request, context: context)
            guard let problem = problem(of: response, to: request) else { return response }
            return await tell(problem, request, context)
        } catch {
            return await tell(problem(of: error, context), request, context)
        }
    }

    private func tell(_ problem: Problem, _ request: Request, _ context: WebContext) async -> Response {
        if let page = await page(problem, request, context) { return page }
        return problem.response(to: context.requestID)
    }

    /// The router answers some failures by a bare status; nil where `response` is an answer of ours.
    private func problem(of response: Response, to request: Request) -> Problem? {
        switch response.status.code {
        case 404 where response.headers[.contentType] == nil:
            let allowed = methods.methods(at: request.uri.path)
            return allowed.isEmpty
                ? Problem(.notFound) : Problem(.methodNotAllowed, headers: [.allow: allowed.joined(separator: ", ")])
        case 413: return Problem(.contentTooLarge)
        case 400: return Problem(.invalidRequest)
        default: return nil
        }
    }

    private func problem(of error: any Error, _ context: WebContext) -> Problem {
        if let problem = Problem(explaining: error) { return problem }
        context.logger.error(
            "A request failed.", metadata: ["route": "\(context.endpointPath ?? "-")", "error": "\(error)"])
        return Problem(.internalError)
    }
}
