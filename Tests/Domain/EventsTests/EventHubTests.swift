import Events
import Identifiers
import Synchronization
import Testing
import Time

@Suite(.timeLimit(.minutes(5))) struct EventHubTests {
    private func hub(_ table: Table) -> EventHub {
        EventHub(repository: table, clock: SystemWallClock())
    }

    @Test func `a follower hears what is told from now on, in order`() async throws {
        let hub = hub(Table())
        try await hub.publish(draft())
        let follower = try await hub.follow(conference, after: nil) { _ in .tell }
        for _ in 0..<5 { try await hub.publish(draft()) }
        #expect(try await follower.numbers(5) == [2, 3, 4, 5, 6])
        #expect(try await follower.next(within: .milliseconds(5)) == .quiet)
    }

    @Test func `a waiting follower is woken by the next event`() async throws {
        let hub = hub(Table())
        let follower = try await hub.follow(conference, after: nil) { _ in .tell }
        async let heard = follower.next()
        await Task.yield()
        try await hub.publish(draft(.feedStarted))
        #expect(try await heard?.kind == .feedStarted)
    }

    @Test func `one who returns after an event hears only what came later`() async throws {
        let hub = hub(Table())
        for _ in 0..<10 { try await hub.publish(draft()) }
        let follower = try await hub.follow(conference, after: 7) { _ in .tell }
        #expect(try await follower.numbers(3) == [8, 9, 10])
    }

    @Test(arguments: zip([Int64.min, -1, 0, 4, .max], [[1, 2, 3], [1, 2, 3], [1, 2, 3], [], []] as [[Int64]]))
    func `a number from outside is never believed too far`(after: Int64, heard: [Int64]) async throws {
        let hub = hub(Table())
        for _ in 0..<3 { try await hub.publish(draft()) }
        let follower = try await hub.follow(conference, after: after) { _ in .tell }
        #expect(try await follower.numbers(heard.count) == heard)
        try await hub.publish(draft())
        #expect(try await follower.numbers(1) == [4])
    }

    @Test func `what memory no longer holds comes from the table`() async throws {
        let table = Table()
        let hub = hub(table)
        for _ in 0..<1500 { try await hub.publish(draft()) }
        let recent = try await hub.follow(conference, after: 1400) { _ in .tell }
        #expect(try await recent.numbers(100) == Array(1401...1500))
        #expect(table.reads == 0)
        let late = try await hub.follow(conference, after: 100) { _ in .tell }
        #expect(try await late.numbers(1400) == Array(101...1500))
        #expect(table.reads > 0)
    }

    @Test func `after a restart of the program the sequence goes on`() async throws {
        let table = Table()
        for _ in 0..<3 { try await hub(table).publish(draft()) }
        let restarted = hub(table)
        let follower = try await restarted.follow(conference, after: 1) { _ in .tell }
        try await restarted.publish(draft())
        #expect(try await follower.numbers(3) == [2, 3, 4])
    }

    @Test func `events of two publishers that overtake each other are told in order, once`() async throws {
        let (door, stored) = (Door(), Door())
        let table = Table { event in
            guard event.sequence == 1 else { return }
            stored.open()
            await door.pass()
        }
        let hub = hub(table)
        let follower = try await hub.follow(conference, after: nil) { _ in .tell }
        async let slow = hub.publish(draft(.feedStarted))
        await stored.pass()
        try await hub.publish(draft(.feedEnded))
        #expect(try await follower.numbers(2) == [1, 2])
        door.open()
        _ = try await slow
        try await hub.publish(draft())
        #expect(try await follower.numbers(1) == [3])
        #expect(try await hub.follow(conference, after: 0) { _ in .tell }.numbers(3) == [1, 2, 3])
    }

    @Test func `nothing is lost or doubled between replay and live, whenever one joins`() async throws {
        let hub = hub(Table())
        let total: Int64 = 400
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<(total / 4) { try await hub.publish(draft()) }
                    return []
                }
            }
            for joiner in 0..<20 {
                group.addTask {
                    for _ in 0..<joiner { await Task.yield() }
                    let follower = try await hub.follow(conference, after: 0) { _ in .tell }
                    return try await follower.numbers(Int(total))
                }
            }
            for try await heard in group where !heard.isEmpty { #expect(heard == Array(1...total)) }
        }
    }

    @Test func `the gate is asked at each event, and what it withholds is not heard`() async throws {
        let hub = hub(Table())
        let follower = try await hub.follow(conference, after: nil) { $0.sequence.isMultiple(of: 2) ? .tell : .withhold }
        for _ in 0..<6 { try await hub.publish(draft()) }
        #expect(try await follower.numbers(3) == [2, 4, 6])
        #expect(try await follower.next(within: .milliseconds(5)) == .quiet)
    }

    @Test func `a removed participant hears nothing more, not even what was ready`() async throws {
        let hub = hub(Table())
        let isRemoved = Mutex(false)
        let gate: EventGate = { _ in isRemoved.withLock { $0 } ? .end : .tell }
        let follower = try await hub.follow(conference, after: nil, gate: gate)
        for _ in 0..<3 { try await hub.publish(draft()) }
        #expect(try await follower.numbers(1) == [1])
        isRemoved.withLock { $0 = true }
        #expect(try await follower.next() == nil)
        isRemoved.withLock { $0 = false }
        #expect(try await follower.next(within: .seconds(10)) == .ended)
    }

    @Test func `a cancelled wait ends, and so does a closed follower's`() async throws {
        let hub = hub(Table())
        let follower = try await hub.follow(conference, after: nil) { _ in .tell }
        let cancelled = Task { try await follower.next() }
        await Task.yield()
        cancelled.cancel()
        #expect(try await cancelled.value == nil)
        let closed = Task { try await follower.next() }
        await Task.yield()
        follower.close()
        #expect(try await closed.value == nil)
    }

    @Test func `a hub that closes ends every follower`() async throws {
        let hub = hub(Table())
        let follower = try await hub.follow(conference, after: nil) { _ in .tell }
        let waiting = Task { try await follower.next(within: .seconds(60)) }
        await Task.yield()
        hub.close()
        #expect(try await waiting.value == .ended)
        #expect(try await hub.follow(conference, after: nil) { _ in .tell }.next() == nil)
    }

    @Test func `what could not be stored is not told`() async throws {
        let table = Table()
        let hub = hub(table)
        let follower = try await hub.follow(conference, after: nil) { _ in .tell }
        table.fail(true)
        await #expect(throws: Table.Failure.self) { try await hub.publish(draft()) }
        table.fail(false)
        #expect(try await follower.next(within: .milliseconds(5)) == .quiet)
        try await hub.publish(draft())
        #expect(try await follower.numbers(1) == [1])
    }

    @Test func `conferences do not hear each other`() async throws {
        let hub = hub(Table())
        let other = ConferenceID(at: start)
        let follower = try await hub.follow(conference, after: nil) { _ in .tell }
        try await hub.publish(draft(in: other))
        #expect(try await follower.next(within: .milliseconds(5)) == .quiet)
    }
}
