import NIOCore
import Testing
import WebRTC

struct LiteAgentTests {
    private let ours = ICECredentials(random: (0..<UInt8(ICECredentials.randomness)).map { $0 &* 7 })
    private let path = ICEPath(.udp, try! SocketAddress(ipAddress: "192.0.2.7", port: 40_000))
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func agent() -> LiteAgent { LiteAgent(ours, remoteFragment: "them", at: start) }

    private func check(
        _ username: String? = nil, password: String? = nil, nominating: Bool = false,
        _ extra: (inout STUNWriter) -> Void = { $0.controlling(tieBreaker: 1) }
    ) throws -> STUNMessage {
        var writer = STUNWriter(.request, STUNTransaction(high: 1, low: 2))
        writer.username(username ?? "\(ours.fragment):them")
        writer.priority(1)
        extra(&writer)
        if nominating { writer.useCandidate() }
        return try STUNMessage(writer.finish(password ?? ours.password))
    }

    private func reply(_ answer: LiteAgent.Answer) throws -> STUNMessage { try STUNMessage(#require(answer.reply)) }

    @Test func `ICE-3: a check is answered with the address that it came from, signed and checksummed`() throws {
        var agent = agent()
        let answer = agent.receive(try check(), by: path, at: start)
        let reply = try reply(answer)
        #expect(reply.kind == .success && reply.transaction == STUNTransaction(high: 1, low: 2))
        #expect(reply.mappedAddress == path.remote)
        #expect(reply.isAuthentic(ours.password) && reply.hasFingerprint)
        #expect(answer.isAuthentic && answer.event == nil)
    }

    @Test func `ICE-4: only a check that nominates says where media goes, and once`() throws {
        var agent = agent()
        _ = agent.receive(try check(), by: path, at: start)
        #expect(agent.path == nil)
        #expect(agent.receive(try check(nominating: true), by: path, at: start).event == .nominated(path))
        #expect(agent.receive(try check(nominating: true), by: path, at: start).event == nil)
        let other = ICEPath(.tcp, path.remote)
        #expect(agent.receive(try check(nominating: true), by: other, at: start).event == .nominated(other))
        #expect(agent.path == other)
    }

    @Test(arguments: [("wrong:them", nil), ("them", nil), (nil, "wrong"), ("\u{FFFF}:them", nil)] as [(String?, String?)])
    func `ICE-3: who does not know the credentials is refused and keeps nothing alive`(name: String?, password: String?) throws {
        var agent = agent()
        let answer = agent.receive(try check(name, password: password, nominating: true), by: path, at: start + .seconds(9))
        #expect(try reply(answer).errorCode == 401)
        #expect(!answer.isAuthentic && agent.path == nil && agent.deadline == start + LiteAgent.consent)
    }

    @Test func `ICE-3: a check that nobody signed is a bad request`() throws {
        var agent = agent()
        var writer = STUNWriter(.request, STUNTransaction(high: 1, low: 2))
        writer.username("\(ours.fragment):them")
        #expect(try reply(agent.receive(try STUNMessage(writer.finish(nil)), by: path, at: start)).errorCode == 400)
    }

    @Test func `STUN-1: an attribute that must be known and is not is refused`() throws {
        // CHANGE-REQUEST (0x0003) of RFC 3489.
        var writer = STUNWriter(.request, STUNTransaction(high: 1, low: 2))
        writer.username("\(ours.fragment):them")
        writer.attribute(0x0003) { $0.writeInteger(UInt32(0)) }
        var agent = agent()
        let answer = agent.receive(try STUNMessage(writer.finish(ours.password)), by: path, at: start)
        #expect(try reply(answer).errorCode == 420)
    }

    @Test func `ICE-5: a peer that wants to be controlled too is told to take the other role`() throws {
        var agent = agent()
        let answer = agent.receive(try check { $0.controlled(tieBreaker: .max) }, by: path, at: start)
        #expect(try reply(answer).errorCode == 487)
    }

    @Test func `CONS-1: a peer counts as gone thirty seconds after its last check`() throws {
        var agent = agent()
        _ = agent.receive(try check(), by: path, at: start + .seconds(12))
        #expect(agent.deadline == start + .seconds(42))
    }

    @Test func `a restart goes on with the old path until the new credentials nominate one`() throws {
        var agent = agent()
        _ = agent.receive(try check(nominating: true), by: path, at: start)
        let next = ICECredentials(fragment: "next", password: "a password of the restart")
        agent.restart(next, remoteFragment: "new")
        #expect(agent.receive(try check(), by: path, at: start).isAuthentic)
        let other = ICEPath(.udp, try SocketAddress(ipAddress: "192.0.2.8", port: 40_001))
        let answer = agent.receive(
            try check("next:new", password: next.password, nominating: true), by: other, at: start)
        #expect(answer.event == .nominated(other))
        #expect(!agent.receive(try check(), by: path, at: start).isAuthentic)
    }
}
