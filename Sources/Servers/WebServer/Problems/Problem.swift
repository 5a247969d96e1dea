import Access
import HTTPTypes
import Hummingbird
import Programme
import Time

/// Why a request is not answered as was wanted: `application/problem+json` (RFC 9457) for programs, a page for people.
struct Problem: Error, Sendable {
    let kind: ProblemKind
    /// What happened here, in one sentence.
    let detail: String
    /// What would help now.
    let next: String
    /// What the access function said, where it is that.
    let refusal: Refusal?
    /// Which one in the line for a seat the asker is, from 1.
    var place: Int?
    /// What is wrong with a programme.
    var faults: [PlanError.Fault]?
    /// Goes out with the answer.
    var headers: HTTPFields

    init(_ kind: ProblemKind, _ detail: String? = nil, next: String? = nil, refusal: Refusal? = nil, headers: HTTPFields = [:]) {
        self.kind = kind
        self.detail = detail ?? "\(kind.title)."
        self.next = next ?? kind.next
        self.refusal = refusal
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
        /// When it will be otherwise; absent where that is not known.
        let until: UTCInstant?
        /// What a moderator gave as the reason of a removal.
        let reason: String?
        /// Which one in the line for a seat the asker is, from 1.
        let place: Int?
        /// What is wrong with a programme, by its lines.
        let faults: [PlanError.Fault]?
        /// The request, as the operator's log names it.
        let instance: String
    }

    func response(to requestID: String) -> Response {
        let content = content(for: requestID)
        return Response(status: kind.status, headers: content.fields, body: ResponseBody(byteBuffer: content.body))
    }

    func content(for requestID: String) -> (fields: HTTPFields, body: ByteBuffer) {
        let body = Body(
            type: kind.type, title: kind.title, status: kind.status.code, detail: detail, next: next, until: until,
            reason: reason, place: place, faults: faults,
            instance: "urn:hemicycle:request:\(requestID)")
        var fields = headers
        fields[.contentType] = "application/problem+json"
        fields[.contentLanguage] = "en"
        fields[.cacheControl] = "no-store"
        return (fields, (try? JSON.buffer(of: body)) ?? ByteBuffer())
    }
}

extension Problem {
    private var until: UTCInstant? {
        if case .doorsClosed(let until) = refusal { until } else { nil }
    }

    private var reason: String? {
        switch refusal {
        case .removed(let reason), .banned(let reason): reason
        default: nil
        }
    }
}
