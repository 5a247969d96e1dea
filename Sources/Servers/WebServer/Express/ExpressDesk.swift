import Access
import NIOCore
import Packaging
import PlainHTTP
import Rooms
import Time

/// Decides which requests are answered without leaving their connection's event loop: plain ones for media, whose pass has been seen
/// before. All others are the router's, which gives the same media and knows how to tell every refusal.
struct ExpressDesk: Sendable {
    let media: MediaDesk
    let heads: ExpressHeads
    let crossOrigin: CrossOrigin
    let limits: AddressLimits
    let clock: any WallClock
    let trustedProxies: Set<String>
    let overTLS: Bool

    /// Nil for a request that is the router's.
    ///
    /// - Parameter peer: the address of the connection's other end.
    func admit(_ plain: PlainRequest, peer: String?) -> ExpressRequest? {
        guard plain.method != .other, !plain.isConditional, plain.contentLength == 0, let asked = Self.asked(plain.target)
        else { return nil }
        let arrival = Arrival(plain, peer: peer, overTLS: overTLS, trustedProxies: trustedProxies)
        guard let token = MediaDesk.token(of: asked, cookies: plain[.cookie], isSecure: arrival.isSecure),
            let pass = media.rooms.recall(token), limits.allow(.media, from: arrival.client)
        else { return nil }
        return ExpressRequest(
            asked: asked, pass: pass, isHead: plain.method == .head,
            takesGzip: ContentCoding.acceptsGzip(plain[.acceptEncoding]), isSecure: arrival.isSecure,
            origin: crossOrigin.allows(plain[.origin]))
    }

    private static func asked(_ target: String) -> MediaRequest? {
        guard MediaRequest.isMedia(path: target) else { return nil }
        let end = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        let query = end.map { target[$0...].dropFirst() } ?? ""
        return try? MediaRequest(path: target[..<(end ?? target.endIndex)], query: query)
    }

    /// The bytes of an answer: one buffer where it is small, else head and body, which is not copied.
    ///
    /// - Throws: the problem that the answer is, for the router to tell.
    func bytes(of answer: LiveAnswer, to request: ExpressRequest) throws(Problem) -> (ByteBuffer, body: ByteBuffer?) {
        let content = try media.content(answer, to: request.asked, packed: request.takesGzip)
        let length = content.body.readableBytes
        let isSmall = length <= Self.worthCopying && !request.isHead
        var head = heads.head(
            ExpressHeads.Form(media: content.form, isSecure: request.isSecure, origin: request.origin), tag: content.tag,
            length: length, now: clock.now(), room: isSmall ? length : 0)
        if isSmall { head.writeImmutableBuffer(content.body) }
        return (head, isSmall || request.isHead ? nil : content.body)
    }

    /// The answer where what was waited for has not come.
    func refusal(of request: ExpressRequest) -> ByteBuffer {
        heads.answer(MediaContent.unavailable, to: request, now: clock.now())
    }

    /// Bytes up to which one write of a copy is cheaper than two writes.
    private static let worthCopying = 8 * 1024
}

/// A request that is answered on the event loop.
struct ExpressRequest {
    let asked: MediaRequest
    let pass: Pass
    let isHead: Bool
    let takesGzip: Bool
    let isSecure: Bool
    /// The asking page's, where it may read the answer.
    let origin: String?
}
