import Access
import Hummingbird
import Identifiers
import Packaging
import Rooms

/// One request for media whose pass has been found good: without it nobody gets at a session's output.
struct Viewer: Sendable {
    let output: LiveOutput
    private let pass: Pass

    /// - Throws: 403 without a good pass to the session, 404 where it has no media at this address.
    init(_ request: Request, _ context: WebContext, _ rooms: RoomDirectory) async throws {
        guard let session = context.parameters.get("session", as: SessionID.self),
            let epoch = context.parameters.get("epoch", as: Int.self)
        else { throw Problem(.notFound) }
        let shown =
            context.parameters.get("pass")
            ?? request.cookies[CookieName.pass(to: session, secure: context.arrival.isSecure)]?.value
        guard let shown, let pass = await rooms.pass(shown), pass.session == session else { throw Problem(.passNeeded) }
        guard let output = rooms.media(of: session, epoch: epoch) else {
            throw Problem(.notFound, "The session has no media here.")
        }
        rooms.touch(pass.participant, in: session)
        self.output = output
        self.pass = pass
    }

    /// Looks again after a wait, in which a moderator may have removed the viewer.
    func check(_ rooms: RoomDirectory) throws(Problem) {
        guard rooms.honours(pass) else { throw Problem(.passNeeded) }
    }
}
