import HLS
import HTTPTypes
import Hummingbird
import Identifiers
import Packaging
import Rooms
import ServiceLifecycle

/// `/media/{session}/{epoch}/…`: playlists and parts, for whoever shows a pass to the session.
///
/// The pass stands in a cookie; from another host it is the leading element `/~{pass}/`, which an edge strips before its cache key.
struct MediaRoutes {
    let rooms: RoomDirectory

    func addRoutes(to router: Router<WebContext>) {
        for prefix in ["media", "~{pass}/media"] {
            let media = router.group("\(prefix)/{session}/{epoch}")
            media.get("index.m3u8", use: multivariant)
            media.get("{track}/index.m3u8", use: playlist)
            media.get("{track}/{name}", use: file)
        }
    }

    @Sendable private func multivariant(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try await Viewer(request, context, rooms)
        let answer = await patiently(true) { await viewer.output.multivariantPlaylist() }
        try viewer.check(rooms)
        return try MediaAnswer.playlist(answer, to: request)
    }

    /// A playlist that is not yet as far as the client wants is waited for; the right may have ended meanwhile.
    @Sendable private func playlist(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try await Viewer(request, context, rooms)
        let (track, blocking) = (try context.parameters.require("track"), try blocking(request))
        let answer = await patiently(blocking.wait != nil) {
            await viewer.output.mediaPlaylist(track: track, request: blocking)
        }
        try viewer.check(rooms)
        return try MediaAnswer.playlist(answer, to: request)
    }

    /// So is a part that the playlist hints at.
    @Sendable private func file(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try await Viewer(request, context, rooms)
        let (track, name) = (try context.parameters.require("track"), try context.parameters.require("name"))
        let answer = await patiently(true) { await viewer.output.resource(track: track, name: name) }
        try viewer.check(rooms)
        return try MediaAnswer.file(answer)
    }

    /// What may wait ends when the server stops.
    private func patiently<Answer: Sendable>(
        _ mayWait: Bool, _ ask: @escaping @Sendable () async -> Answer
    ) async -> Answer {
        mayWait ? await cancelWhenGracefulShutdown(ask) : await ask()
    }

    private func blocking(_ request: Request) throws(Problem) -> BlockingRequest {
        let query = request.uri.queryParameters
        do {
            return try BlockingRequest(
                sequenceNumber: query["_HLS_msn"].map(String.init), part: query["_HLS_part"].map(String.init))
        } catch {
            throw Problem(.invalidRequest, error.message)
        }
    }
}
