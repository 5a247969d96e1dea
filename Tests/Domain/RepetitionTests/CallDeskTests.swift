import FoundationEssentials
import Registration
import Synchronization
import Testing
import Time

@testable import Repetition

@Suite struct CallDeskTests {
    private let ledger = Ledger()
    private let clock = Clock()
    private let answer = GivenAnswer(status: 201, fields: ["Content-Type": "application/json"], body: Data("{}".utf8))
    private let mine = Secret.make(prefix: "hc_token_")

    private var desk: CallDesk { CallDesk(repository: ledger, clock: clock) }

    private func call(_ key: String = "k-1", by caller: Secret? = nil, _ content: String = "POST") -> KeyedCall {
        KeyedCall(key: key, caller: caller ?? mine, content: Array(content.utf8))
    }

    @Test func `a call is carried out once and answered as often as it is asked`() async throws {
        #expect(try await desk.begin(call()) == .carryOut)
        try await desk.end(call(), answer)
        for _ in 0..<3 { #expect(try await desk.begin(call()) == .answer(answer)) }
    }

    @Test func `a call that has not ended is carried out no second time`() async throws {
        #expect(try await desk.begin(call()) == .carryOut)
        #expect(try await desk.begin(call()) == .underWay)
    }

    @Test func `a refused call may be mended and made again`() async throws {
        #expect(try await desk.begin(call()) == .carryOut)
        try await desk.withdraw(call())
        #expect(try await desk.begin(call("k-1", "something else")) == .carryOut)
    }

    @Test func `a key names one call only`() async throws {
        _ = try await desk.begin(call())
        #expect(try await desk.begin(call("k-1", "something else")) == .differs)
        #expect(try await desk.begin(call("k-2", "something else")) == .carryOut)
    }

    @Test func `callers do not meet in their keys`() async throws {
        _ = try await desk.begin(call())
        try await desk.end(call(), answer)
        #expect(try await desk.begin(call(by: Secret.make(prefix: "hc_token_"))) == .carryOut)
    }

    @Test func `a key is free again after a day`() async throws {
        _ = try await desk.begin(call())
        try await desk.end(call(), answer)
        clock.advance(by: CallDesk.lifetime)
        #expect(try await desk.begin(call()) == .answer(answer))
        clock.advance(by: .microseconds(1))
        #expect(try await desk.begin(call()) == .carryOut)
    }

    @Test func `an answer is kept sealed, and opens for its caller alone`() throws {
        let secret = GivenAnswer(status: 201, fields: [:], body: Data("hc_stream_key".utf8))
        let sealed = try call().sealed(secret)
        #expect(!sealed.contains("hc_stream_key") && !sealed.contains(Data("hc_stream_key".utf8).base64EncodedString()))
        #expect(try call().opened(sealed) == secret)
        #expect(throws: (any Error).self) { try call(by: Secret.make(prefix: "hc_token_")).opened(sealed) }
        #expect(throws: (any Error).self) { try call("k-2").opened(sealed) }
        #expect(throws: (any Error).self) { try call().opened("nonsense") }
    }

    private func call(_ key: String, _ content: String) -> KeyedCall { call(key, by: nil, content) }
}

private final class Ledger: CallRepository {
    private let calls = Mutex<[String: KeptCall]>([:])

    func begin(_ call: KeptCall, forgettingBefore limit: UTCInstant) async throws -> KeptCall? {
        calls.withLock { calls in
            calls = calls.filter { $0.value.calledAt >= limit }
            let first = calls[call.name]
            calls[call.name] = first ?? call
            return first
        }
    }

    func keep(answer: String, of name: String) async throws {
        calls.withLock { calls in
            guard let call = calls[name] else { return }
            calls[name] = KeptCall(name: name, content: call.content, calledAt: call.calledAt, answer: answer)
        }
    }

    func forgetCall(_ name: String) async throws { calls.withLock { $0[name] = nil } }
}

private final class Clock: WallClock {
    private let instant = Mutex(UTCInstant(microseconds: 1_623_837_600_000_000))

    func now() -> UTCInstant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 = $0.advanced(by: duration) } }
}
