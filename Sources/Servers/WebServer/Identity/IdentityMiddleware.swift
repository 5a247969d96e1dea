import Hummingbird

/// Finds out who asks, before any handler runs.
struct IdentityMiddleware: RouterMiddleware {
    let identification: Identification

    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.identity = try await identification.identify(RequestCredentials(request, arrival: context.arrival))
        return try await next(request, context)
    }
}

/// Holds every write of the API against `ForgeryGuard` where a cookie authorises it. A bearer token needs no such defence.
struct ForgeryMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if let signIn = context.identity.signIn, ![.get, .head, .options].contains(request.method) {
            try ForgeryGuard.check(
                request.headers, arrival: context.arrival, signIn: signIn, shown: request.headers[.csrf])
        }
        return try await next(request, context)
    }
}
