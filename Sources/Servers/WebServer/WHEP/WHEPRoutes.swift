import Access
import HTTPTypes
import Hummingbird
import Identifiers
import NIOCore
import Peers
import Programme
import Registration
import Rooms
import WebRTC

/// `/whep/{session}`: watching by WebRTC (draft-ietf-wish-whep). An offer makes a viewer, `/whep/{session}/{viewer}`, whose address
/// nobody can guess: whoever knows it may change and end it.
struct WHEPRoutes {
    private static let description = "application/sdp"
    private static let fragment = "application/trickle-ice-sdpfrag"

    let hub: Hub

    func addRoutes(to router: Router<WebContext>) {
        let session = router.group("whep/{session}")
        session.post(use: watch)
        session.get(use: describe)
        session.on("", method: .options) { _, _ in Self.preflight([.acceptPost: Self.description], methods: "POST") }
        let viewer = session.group("{viewer}")
        viewer.patch(use: change)
        viewer.delete(use: end)
        viewer.get(use: look)
        viewer.on("", method: .options) { _, _ in
            Self.preflight([.acceptPatch: Self.fragment], methods: "PATCH, DELETE")
        }
    }

    /// Whether what is at a path may be asked for from pages of other sites.
    static func isHere(path: String) -> Bool { path.hasPrefix("/whep/") }

    @Sendable private func watch(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let pass = try await pass(request, context, to: state)
        let welcome = try hub.watching.watch(try await text(of: request, Self.description, context), with: pass)
        let location = "\(context.arrival.origin)/whep/\(state.session.id)/\(welcome.id)"
        return answer(.created, Self.description, welcome, [.location: location])
    }

    /// The pass that stands in `Authorization`, else one for whoever is signed in.
    private func pass(_ request: Request, _ context: WebContext, to state: Rooms.SessionState) async throws -> Pass {
        if let authorization = request.headers[.authorization] {
            return try await shown(authorization, to: state.session.id)
        }
        try ForgeryGuard.checkOrigin(request.headers, arrival: context.arrival)
        let identity = try await hub.identification.identify(RequestCredentials(request, arrival: context.arrival))
        return try await hub.admit(identity, to: state).pass
    }

    private func shown(_ authorization: String, to session: SessionID) async throws(Problem) -> Pass {
        guard case .token(let token) = Bearer.read(authorization, maximumLength: PassAuthority.maximumLength) else {
            throw Problem(.malformedCredentials, headers: [.wwwAuthenticate: Bearer.challenge(error: "invalid_request")])
        }
        guard let pass = await hub.rooms.pass(token.text), pass.session == session else {
            throw Problem(
                .invalidToken, "This is no good pass to the session.", next: ProblemKind.passNeeded.next,
                headers: [.wwwAuthenticate: Bearer.challenge(error: "invalid_token")])
        }
        return pass
    }

    @Sendable private func describe(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try hub.session(in: context.parameters)
        return Response(status: .ok, headers: [.contentType: Self.description])
    }

    @Sendable private func look(_ request: Request, _ context: WebContext) async throws -> Response {
        let (_, fragment) = try viewer(context)
        return Response(status: .noContent, headers: [.eTag: EntityTag(strong: fragment).header])
    }

    /// What the viewer tells of its ICE (RFC 9725 §4.3).
    @Sendable private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let (id, current) = try viewer(context)
        let text = try await text(of: request, Self.fragment, context)
        guard let condition = request.headers[.ifMatch] else { throw Problem(.preconditionRequired) }
        guard EntityTagList(condition).contains(EntityTag(strong: current), by: EntityTag.matchesStrongly) else {
            throw Problem(.preconditionFailed)
        }
        let fragment: ICEFragment
        do { fragment = try ICEFragment(text) } catch { throw Problem(WatchRefusal(error)) }
        guard let renewed = hub.watching.take(fragment, from: id) else { return Response(status: .noContent) }
        return answer(.ok, Self.fragment, renewed)
    }

    @Sendable private func end(_ request: Request, _ context: WebContext) async throws -> Response {
        hub.watching.end(try viewer(context).id)
        return Response(status: .ok)
    }

    private func viewer(_ context: WebContext) throws(Problem) -> (id: PeerID, fragment: String) {
        guard let session = context.parameters.get("session", as: SessionID.self),
            let id = context.parameters.get("viewer").map({ PeerID($0) }),
            let fragment = hub.watching.fragment(of: id, in: session)
        else { throw Problem(.notFound, "There is no such viewer of this session, or no more.") }
        return (id, fragment)
    }
}

extension WHEPRoutes {
    private func text(of request: Request, _ type: String, _ context: WebContext) async throws -> String {
        guard request.headers.mediaType == type else {
            throw Problem(.unsupportedMediaType, next: "Send `Content-Type: \(type)`.")
        }
        return String(buffer: try await request.body.collect(upTo: context.maxUploadSize))
    }

    private func answer(
        _ status: HTTPResponse.Status, _ type: String, _ welcome: Welcome, _ more: HTTPFields = [:]
    ) -> Response {
        var headers = more
        headers[.contentType] = type
        headers[.eTag] = EntityTag(strong: welcome.fragment).header
        headers[.cacheControl] = "no-store"
        headers[.accessControlExposeHeaders] = "Location, ETag"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: welcome.answer)))
    }

    /// The answer to OPTIONS. `WebResponder` says whether the asking page's origin is allowed.
    private static func preflight(_ accepted: HTTPFields, methods: String) -> Response {
        var headers = accepted
        headers[.accessControlAllowMethods] = methods
        headers[.accessControlAllowHeaders] = "Authorization, Content-Type, If-Match"
        headers[.accessControlMaxAge] = "86400"
        return Response(status: .noContent, headers: headers)
    }
}
