import HTTPTypes
import Hummingbird
import Time

/// Why a request is not answered as was wanted: `application/problem+json` (RFC 9457) for programs, a page for people.
struct Problem: Error, Sendable {
    let kind: ProblemKind
    /// What happened here, in one sentence.
    let detail: String
    /// What would help now.
    let next: String
    /// The instant from which it will be otherwise, where there is one.
    let until: UTCInstant?
    /// Goes out with the answer.
    var headers: HTTPFields

    init(_ kind: ProblemKind, _ detail: String? = nil, next: String? = nil, until: UTCInstant? = nil, headers: HTTPFields = [:]) {
        self.kind = kind
        self.detail = detail ?? "\(kind.title)."
        self.next = next ?? kind.next
        self.until = until
        self.headers = headers
    }
}

extension Problem {
    /// The body's members; clients ignore those that they do not know.
    private struct Body: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let next: String
        let until: UTCInstant?
        /// The request, as the operator's log names it.
        let instance: String
    }

    func response(to requestID: String) -> Response {
        let body = Body(
            type: kind.type, title: kind.title, status: kind.status.code, detail: detail, next: next, until: until,
            instance: "urn:hemicycle:request:\(requestID)")
        let bytes = try? JSON.buffer(of: body)
        var fields = headers
        fields[.contentType] = "application/problem+json"
        fields[.contentLanguage] = "en"
        fields[.cacheControl] = "no-store"
        return Response(status: kind.status, headers: fields, body: bytes.map(ResponseBody.init(byteBuffer:)) ?? ResponseBody())
    }
}
