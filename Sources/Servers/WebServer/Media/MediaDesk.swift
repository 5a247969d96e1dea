import Access
import NIOCore
import Packaging
import Rooms

/// Gives media to whoever shows a good pass, and counts what it gives. Every way by which requests come asks here.
struct MediaDesk: Sendable {
    let rooms: RoomDirectory
    let studio: RecordingStudio
    let counts: MediaCounts

    /// The pass that a request shows, in its address or in a cookie.
    static func token(of request: MediaRequest, cookies: String?, isSecure: Bool) -> String? {
        request.pass ?? cookies.flatMap { CookieName.value(of: CookieName.pass(to: request.session, secure: isSecure), in: $0) }
    }

    /// Asked when a request comes, and again when it has waited: a moderator may have removed the viewer meanwhile.
    ///
    /// - Throws: 403 for a pass that is not good, or no more; 404 where the session has no media at that epoch.
    /// - Returns: nil where the session is over and only its recordings have its media, for `replay` to give.
    func output(of request: MediaRequest, for pass: Pass) throws(Problem) -> LiveOutput? {
        guard pass.session == request.session else { throw Problem(.passNeeded) }
        switch rooms.media(for: pass, epoch: request.epoch) {
        case .open(let output): return output
        case .replay: return nil
        case .closed: throw Problem(.passNeeded)
        case .nothingThere: throw Self.nothingThere
        }
    }

    /// - Throws: 404 where the recordings have nothing of the session, or no longer.
    func replay(of request: MediaRequest) async throws(Problem) -> Replay {
        guard let replay = await studio.replay(of: request.session) else { throw Self.nothingThere }
        return replay
    }

    /// What is sent for an answer.
    ///
    /// - Throws: the problem that the answer is.
    func content(_ answer: LiveAnswer, to request: MediaRequest, packed: Bool) throws(Problem) -> MediaContent {
        let content = try MediaContent(answer, to: request, packed: packed)
        counts.count(request.question, bytes: content.body.readableBytes)
        return content
    }

    private static var nothingThere: Problem { Problem(.notFound, "The session has no media here.") }
}
