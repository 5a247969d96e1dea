import HLS
import HTTPTypes
import Hummingbird
import Packaging

/// What is sent for an answer of the packager: always one buffer, since the cost is per write.
struct MediaContent: Sendable {
    let form: MediaForm
    let tag: EntityTag
    let body: ByteBuffer

    private init(form: MediaForm, tag: EntityTag, body: ByteBuffer) {
        self.form = form
        self.tag = tag
        self.body = body
    }

    /// - Parameter packed: whether the client takes gzip.
    /// - Throws: the problem that the answer is.
    init(_ answer: LiveAnswer, to request: MediaRequest, packed: Bool) throws(Problem) {
        switch (answer, request.question) {
        case (.playlist(let playlist), _): self.init(playlist, isBlocked: request.mayBlock, packed: packed)
        case (.file(let bytes), .file(let kind, let file)):
            self.init(form: .file(kind), tag: EntityTag(strong: file.name), body: bytes)
        case (.badRequest(let reason), _): throw Problem(.invalidRequest, reason)
        case (.unavailable, _): throw Self.unavailable
        case (.notFound, _), (.file, _):
            throw Problem(.notFound, "There is no such playlist, segment or part, or not yet, or no more.")
        }
    }

    /// Each coding is a representation of its own, with a tag of its own (RFC 9110 §8.8.3.3).
    private init(_ playlist: RenderedPlaylist, isBlocked: Bool, packed: Bool) {
        let gzipped = packed ? playlist.gzipped : nil
        self.init(
            form: .playlist(isBlocked: isBlocked, isPacked: gzipped != nil),
            tag: EntityTag(strong: playlist.digest + (gzipped == nil ? "" : "-gzip")), body: gzipped ?? playlist.plain)
    }

    /// What was waited for has not come in time.
    static var unavailable: Problem {
        Problem(.unavailable, "What was waited for has not come in time.", headers: [.retryAfter: "1"])
    }
}

extension MediaContent {
    /// The answer to a GET or HEAD, with `If-None-Match` (RFC 9110 §13.1.2) and, for a file, one range (§14).
    func response(to request: Request) throws(Problem) -> Response {
        var fields = form.fields
        fields[.eTag] = tag.header
        if let known = request.headers[.ifNoneMatch], EntityTagList(known).contains(tag, by: EntityTag.matchesWeakly) {
            return Response(status: .notModified, headers: fields)
        }
        switch range(asked: request) {
        case .whole: return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: body))
        case .unsatisfiable:
            throw Problem(.rangeNotSatisfiable, headers: [.contentRange: "bytes */\(body.readableBytes)"])
        case .part(let range):
            fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(body.readableBytes)"
            let slice = body.getSlice(at: body.readerIndex + Int(clamping: range.lowerBound), length: range.count)
            return Response(status: .partialContent, headers: fields, body: ResponseBody(byteBuffer: slice ?? ByteBuffer()))
        }
    }

    private func range(asked request: Request) -> RangeRequest {
        guard case .file = form, request.method == .get else { return .whole }
        if let condition = request.headers[.ifRange], EntityTag(condition[...]).map(tag.matchesStrongly) != true { return .whole }
        return RangeRequest(header: request.headers[.range], length: Int64(body.readableBytes))
    }
}
