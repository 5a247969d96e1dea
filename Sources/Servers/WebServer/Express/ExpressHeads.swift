import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Time

/// Writes the heads of answers: all that answers of one form have in common is put together once.
final class ExpressHeads: Sendable {
    /// What tells one head from another. The forms are few, and so are the origins: those that the operator has named.
    struct Form: Hashable {
        let media: MediaForm
        let isSecure: Bool
        /// An origin that may read the answer.
        let origin: String?
    }

    private struct State {
        private var common: [Form: ByteBuffer] = [:]
        private var date: (header: String, of: HTTPDate)?

        mutating func common(_ form: Form, orMake make: () -> ByteBuffer) -> ByteBuffer {
            if let known = common[form] { return known }
            let made = make()
            common[form] = made
            return made
        }

        mutating func date(_ now: UTCInstant) -> String {
            let second = HTTPDate(now)
            if let date, date.of == second { return date.header }
            let header = second.header
            date = (header, second)
            return header
        }
    }

    private let crossOrigin: CrossOrigin
    private let state = Mutex(State())

    init(crossOrigin: CrossOrigin) {
        self.crossOrigin = crossOrigin
    }

    /// The head of a 200.
    ///
    /// - Parameter room: bytes to keep free for what comes after it.
    func head(_ form: Form, tag: EntityTag, length: Int, now: UTCInstant, room: Int) -> ByteBuffer {
        let (common, date) = state.withLock { ($0.common(form, orMake: { self.common(form) }), $0.date(now)) }
        var head = ByteBufferAllocator().buffer(capacity: common.readableBytes + Self.rest + room)
        head.writeImmutableBuffer(common)
        head.writeString("Content-Length: ")
        head.writeString(String(length))
        head.writeString("\r\nETag: ")
        head.writeString(tag.header)
        head.writeString("\r\nDate: ")
        head.writeString(date)
        head.writeString("\r\n\r\n")
        return head
    }

    /// About as many bytes as length, tag and date take.
    private static let rest = 160

    private func common(_ form: Form) -> ByteBuffer {
        var fields = form.media.fields
        SecurityHeaders.complete(&fields, isSecure: form.isSecure)
        crossOrigin.complete(&fields, for: form.origin)
        return Self.head(.ok, fields)
    }

    /// Status line and fields, without the empty line.
    private static func head(_ status: HTTPResponse.Status, _ fields: HTTPFields) -> ByteBuffer {
        var head = ByteBuffer(string: "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
        for field in fields { head.writeString("\(field.name.rawName): \(field.value)\r\n") }
        return head
    }

    /// A whole answer that tells a problem.
    func answer(_ problem: Problem, to request: ExpressRequest, now: UTCInstant) -> ByteBuffer {
        let requestID = RequestID().description
        let content = problem.content(for: requestID)
        var fields = content.fields
        SecurityHeaders.complete(&fields, isSecure: request.isSecure)
        crossOrigin.complete(&fields, for: request.origin)
        fields[.requestID] = requestID
        fields[.date] = HTTPDate(now).header
        fields[.contentLength] = String(content.body.readableBytes)
        var answer = Self.head(problem.kind.status, fields)
        answer.writeString("\r\n")
        if !request.isHead { answer.writeImmutableBuffer(content.body) }
        return answer
    }
}
