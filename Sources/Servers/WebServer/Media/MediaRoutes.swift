import Access
import HLS
import HTTPTypes
import Hummingbird
import Packaging
import Rooms
import ServiceLifecycle

/// `/media/{session}/{epoch}/…`: playlists and parts, for whoever shows a pass to the session.
///
/// The pass stands in a cookie; from another host it is the leading element `/~{pass}/`, which an edge strips before its cache key.
/// What HTTP/1.1 clients ask for plainly never comes here: `ExpressHandler` gives it to them.
struct MediaRoutes {
    let desk: MediaDesk

    func addRoutes(to router: Router<WebContext>) {
        for prefix in ["media", "~{pass}/media"] {
            let media = router.group("\(prefix)/{session}/{epoch}")
            for name in ["index.m3u8", "{track}/{name}"] {
                media.get(RouterPath(name), use: answer)
                media.on(RouterPath(name), method: .options, use: CrossOrigin.preflight)
            }
        }
    }

    @Sendable private func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        let asked = try asked(request)
        let cookies = request.headers[.cookie]
        let token = MediaDesk.token(of: asked, cookies: cookies, isSecure: context.arrival.isSecure)
        guard let token, let pass = await desk.rooms.pass(token) else { throw Problem(.passNeeded) }
        let answer = try await answer(asked, of: try desk.output(of: asked, for: pass))
        _ = try desk.output(of: asked, for: pass)
        return try desk.content(answer, to: asked, packed: ContentCoding.acceptsGzip(request.headers[.acceptEncoding]))
            .response(to: request)
    }

    private func asked(_ request: Request) throws(Problem) -> MediaRequest {
        do {
            if let asked = try MediaRequest(path: request.uri.path[...], query: request.uri.query?[...] ?? "") { return asked }
        } catch {
            throw Problem(.invalidRequest, error.message)
        }
        throw Problem(.notFound)
    }

    /// What has to be waited for is not waited for by a server that stops.
    private func answer(_ asked: MediaRequest, of output: LiveOutput?) async throws(Problem) -> LiveAnswer {
        guard let output else { return try await desk.replay(of: asked).answer(to: asked.question) }
        if case .now(let answer) = output.reply(to: asked.question) { return answer }
        return await cancelWhenGracefulShutdown { await output.answer(to: asked.question) }
    }
}
