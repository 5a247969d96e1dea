import Repetition
import Store
import Testing
import Time

@Suite struct CallTests {
    private let call = KeptCall(name: "name", content: "content", calledAt: Fixture.start)

    @Test func `a call is told to whoever begins it again, with its answer once it has one`() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.store.begin(call, forgettingBefore: Fixture.start) == nil)
        #expect(try await fixture.store.begin(call, forgettingBefore: Fixture.start) == call)
        try await fixture.store.keep(answer: "sealed", of: call.name)
        let again = try await fixture.store.begin(call, forgettingBefore: Fixture.start)
        #expect(again == KeptCall(name: "name", content: "content", calledAt: Fixture.start, answer: "sealed"))
        try await fixture.store.forgetCall(call.name)
        #expect(try await fixture.store.begin(call, forgettingBefore: Fixture.start) == nil)
    }

    @Test func `of many who begin a call at once, one is the first`() async throws {
        let fixture = try await Fixture()
        let firsts = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { try await fixture.store.begin(call, forgettingBefore: Fixture.start) == nil } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(firsts == 1)
    }

    @Test func `old calls are forgotten when another begins`() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.store.begin(call, forgettingBefore: Fixture.start)
        let later = Fixture.start.advanced(by: .microseconds(1))
        _ = try await fixture.store.begin(KeptCall(name: "other", content: "", calledAt: later), forgettingBefore: later)
        #expect(try await fixture.store.begin(call, forgettingBefore: Fixture.start) == nil)
    }
}
