import HTTPTypes
import Hummingbird
import Packaging

/// How the packager's answers go out: each as one buffer, since the cost is per write.
enum MediaAnswer {
    /// What has a number or a hash in its name never changes; an edge may keep it for the hour in which anybody asks.
    static let immutable = "public, max-age=3600, immutable"
    /// A playlist changes with every part.
    static let changing = "private, no-cache"

    static func playlist(_ answer: PlaylistAnswer, to request: Request) throws(Problem) -> Response {
        switch answer {
        case .playlist(let playlist): return response(playlist, to: request)
        case .badRequest(let reason): throw Problem(.invalidRequest, reason)
        case .unavailable: throw unavailable
        case .notFound: throw Problem(.notFound, "There is no such playlist, or not yet.")
        }
    }

    static func file(_ answer: ResourceAnswer) throws(Problem) -> Response {
        switch answer {
        case .resource(let bytes, let contentType):
            return Response(
                status: .ok, headers: [.contentType: contentType, .cacheControl: immutable],
                body: ResponseBody(byteBuffer: bytes))
        case .unavailable: throw unavailable
        case .notFound: throw Problem(.notFound, "There is no such segment or part, or no more.")
        }
    }

    private static func response(_ playlist: RenderedPlaylist, to request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: RenderedPlaylist.contentType, .cacheControl: changing, .vary: "Accept-Encoding",
        ]
        guard let gzipped = playlist.gzipped, ContentCoding.acceptsGzip(request.headers) else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: playlist.plain))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: gzipped))
    }

    private static var unavailable: Problem {
        Problem(.unavailable, "What was waited for has not come in time.", headers: [.retryAfter: "1"])
    }
}
