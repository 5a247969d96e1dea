import HTTPTypes
import Hummingbird
import Time

/// A file on disk that never changes while it has its name, and how it is told to clients.
struct StoredFile: Sendable {
    /// An absolute path that our own code made.
    let path: String
    let bytes: Int64
    let contentType: String
    let validators: Validators
    /// The name under which a browser saves it, where it is to save rather than show it.
    var downloadName: String?
    /// Private to the archive: what one person may read, a shared cache must not keep.
    var cacheControl = "private, no-cache"
}

extension StoredFile {
    /// The answer to a GET or HEAD, with conditions (RFC 9110 §13) and one range (§14).
    func response(to request: Request, context: some RequestContext) async throws -> Response {
        switch validators.outcome(for: request.headers) {
        case .failed: throw Problem(.preconditionFailed)
        case .notModified: return notModified
        case .proceed: break
        }
        switch range(asked: request) {
        case .unsatisfiable:
            throw Problem(.rangeNotSatisfiable, headers: [.contentRange: "bytes */\(bytes)", .acceptRanges: "bytes"])
        case .part(let range):
            return try await partial(range, request, context)
        case .whole:
            let body = bytes > 0 ? try await content(0...(bytes - 1), request, context) : ResponseBody()
            return Response(status: .ok, headers: fields(length: bytes), body: body)
        }
    }

    /// A range on HEAD has no meaning (§14.2): only GET has one.
    private func range(asked request: Request) -> RangeRequest {
        guard request.method == .get, validators.rangeCounts(for: request.headers) else { return .whole }
        return RangeRequest(header: request.headers[.range], length: bytes)
    }

    private func partial(
        _ range: ClosedRange<Int64>, _ request: Request, _ context: some RequestContext
    ) async throws -> Response {
        var headers = fields(length: range.upperBound - range.lowerBound + 1)
        headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(bytes)"
        return Response(status: .partialContent, headers: headers, body: try await content(range, request, context))
    }

    /// The bytes, read in pieces as the client takes them.
    private func content(
        _ range: ClosedRange<Int64>, _ request: Request, _ context: some RequestContext
    ) async throws -> ResponseBody {
        guard request.method != .head else { return ResponseBody() }
        return try await FileIO().loadFile(
            path: path, range: Int(clamping: range.lowerBound)...Int(clamping: range.upperBound), context: context)
    }

    private var notModified: Response {
        var response = Response(status: .notModified, headers: fields(length: bytes))
        response.headers[.contentLength] = nil
        return response
    }

    private func fields(length: Int64) -> HTTPFields {
        var fields: HTTPFields = [
            .contentType: contentType, .contentLength: String(length), .acceptRanges: "bytes",
            .eTag: validators.tag.header, .lastModified: validators.modified.header, .cacheControl: cacheControl,
        ]
        if let downloadName { fields[.contentDisposition] = ContentDisposition.attachment(named: downloadName) }
        return fields
    }
}
