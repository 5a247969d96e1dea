import FoundationEssentials
import HTTPTypes
import Hummingbird
import Registration
import Repetition
import Synchronization

/// Carries a POST with the header `Idempotency-Key` out once for its caller, and repeats the first answer to whoever asks again.
///
/// What was refused is not kept: nothing was done. Nor is an answer that sets a cookie: a pass is as of now, and asking for one twice
/// does no harm.
struct RepetitionMiddleware: RouterMiddleware {
    let desk: CallDesk

    /// Bytes of the longest key.
    private static let longestKey = 255
    /// Bytes of the longest body that any call takes; each has its own bound beside.
    private static let longestBody = Roster.longest

    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post, let key = request.headers[.idempotencyKey], let caller = context.identity.shown
        else { return try await next(request, context) }
        guard (1...Self.longestKey).contains(key.utf8.count)
        else { throw Problem(.invalidRequest, "The header “Idempotency-Key” has from 1 to \(Self.longestKey) bytes.") }
        var request = request
        let body = try await request.collectBody(upTo: Self.longestBody)
        let call = KeyedCall(key: key, caller: caller, content: Array("\(request.uri)\n".utf8) + body.readableBytesView)
        switch try await desk.begin(call) {
        case .carryOut: return try await carryOut(call) { try await next(request, context) }
        case .answer(let answer): return Response(repeating: answer)
        case .underWay: throw Problem(.callUnderWay, headers: [.retryAfter: "1"])
        case .differs: throw Problem(.keyReused)
        }
    }

    private func carryOut(_ call: KeyedCall, _ body: () async throws -> Response) async throws -> Response {
        do {
            return try await keep(try await body(), of: call)
        } catch {
            if Problem(explaining: error)?.kind.status.kind == .clientError { try? await desk.withdraw(call) }
            throw error
        }
    }

    /// The answer goes out even where it cannot be kept: whoever asks again is told that the first call is not known to have ended.
    private func keep(_ response: Response, of call: KeyedCall) async throws -> Response {
        guard response.headers[.setCookie] == nil else {
            try await desk.withdraw(call)
            return response
        }
        var response = response
        let body = try await response.takeBody()
        let fields = response.headers.map { ($0.name.rawName, $0.value) }
        let answer = GivenAnswer(
            status: response.status.code, fields: Dictionary(fields) { $1 }, body: Data(body.readableBytesView))
        try? await desk.end(call, answer)
        return response
    }
}

extension Response {
    fileprivate init(repeating answer: GivenAnswer) {
        var headers: HTTPFields = [.idempotentReplayed: "true"]
        for (name, value) in answer.fields { HTTPField.Name(name).map { headers[$0] = value } }
        self.init(
            status: .init(code: answer.status), headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    /// The body's bytes, which stand in it as before.
    fileprivate mutating func takeBody() async throws -> ByteBuffer {
        let taker = BodyTaker()
        try await body.write(taker)
        let bytes = taker.bytes.withLock { $0 }
        body = ResponseBody(byteBuffer: bytes)
        return bytes
    }
}

private final class BodyTaker: ResponseBodyWriter {
    let bytes = Mutex(ByteBuffer())

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLock { _ = $0.writeImmutableBuffer(buffer) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
