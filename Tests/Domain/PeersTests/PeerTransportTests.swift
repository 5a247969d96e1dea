import NIOCore
import Peers
import SecureTransport
import Testing
import WebRTC

struct PeerTransportTests {
    @Test(arguments: [DTLSRole.client, .server])
    func `DTLS-1: a browser connects, whichever side of the handshake it takes`(role: DTLSRole) throws {
        let call = try Call(browserIs: role)
        call.connect()
        #expect(call.server.isConnected && call.browser.isConnected)
        #expect(call.events == [.connected(.aeadAES128GCM)])
        #expect(call.server.path == call.browser.path)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `a call comes about over a network that loses a fifth and turns the order around`(seed: UInt64) throws {
        let call = try Call(browserIs: seed % 2 == 0 ? .client : .server, loss: 0.2, delay: 5...80, seed: seed)
        call.connect()
        try #require(call.server.isConnected && call.browser.isConnected)
        for index in 1...200 as ClosedRange<UInt64> {
            call.browser.send(index, ByteBuffer(integer: index))
            call.run(for: .milliseconds(5))
        }
        call.run(for: .milliseconds(200))
        let numbers = call.media.map { $0.getInteger(at: $0.readerIndex + 12, as: UInt64.self) ?? 0 }
        #expect(110...190 ~= numbers.count)
        #expect(Set(numbers).count == numbers.count && Set(numbers).isSubset(of: 1...200))
        #expect(call.server.dropped.forged == 0)
    }

    @Test func `media goes to the browser once there are keys, and not before`() throws {
        let call = try Call()
        var packet = rtpHeader(1, ssrc: 7)
        #expect(!call.server.protect(ByteBuffer(string: "early"), behind: 0, in: &packet, ssrc: 7, index: 1))
        #expect(packet.readableBytes == 0)
        call.connect()
        packet = rtpHeader(1, ssrc: 7)
        #expect(call.server.protect(ByteBuffer(string: "picture"), behind: 0, in: &packet, ssrc: 7, index: 1))
        call.browser.receive(packet, at: call.now)
        #expect(call.browser.received.map { String(buffer: $0).suffix(7) } == ["picture"])
    }

    @Test func `DTLS-1: a browser with another certificate is not let in`() throws {
        let call = try Call(vouchedFor: Fingerprint(algorithm: .sha256, digest: [UInt8](repeating: 0, count: 32)))
        call.connect()
        #expect(call.ending == .secured(.wrongFingerprint))
        #expect(call.server.isClosed && call.server.deadline == nil)
    }

    @Test func `CONS-1: a browser that has fallen silent is gone after thirty seconds`() throws {
        let call = try Call()
        call.connect()
        call.run(for: .seconds(60))
        #expect(call.ending == nil)
        call.browser.isSilent = true
        call.run(for: .seconds(24))
        #expect(call.ending == nil)
        call.run(for: .seconds(7))
        #expect(call.ending == .silent)
    }

    @Test func `who finds a path and says no more is given up`() throws {
        let call = try Call()
        call.run(for: .seconds(5)) { $0.server.path != nil }
        call.browser.isSilent = true
        call.run(for: .seconds(21))
        #expect(call.ending == .tooSlow)
    }

    @Test func `a goodbye ends the peer at once`() throws {
        let call = try Call()
        call.connect()
        call.browser.sayGoodbye()
        call.run(for: .milliseconds(20))
        #expect(call.ending == .secured(.byPeer))
    }

    @Test func `the browser hears when it is sent away`() throws {
        let call = try Call()
        call.connect()
        call.server.close()
        call.run(for: .milliseconds(20))
        #expect(call.browser.ending == .byPeer)
    }

    @Test func `SEC-1: strangers are counted and change nothing`() throws {
        let call = try Call()
        call.connect()
        let stranger = ICEPath(.udp, try SocketAddress(ipAddress: "198.51.100.66", port: 6666))
        call.inject(ByteBuffer(repeating: 22, count: 300), by: stranger)
        call.inject(rtpHeader(1, ssrc: 0xB0B), by: stranger)
        call.inject(ByteBuffer(repeating: 200, count: 30), by: stranger)
        call.inject(ByteBuffer(repeating: 0, count: 20), by: stranger)
        call.inject(rtpHeader(1, ssrc: 0xB0B), by: call.browser.path)
        #expect(call.server.dropped.stray == 2 && call.server.dropped.foreign == 2 && call.server.dropped.forged == 1)
        #expect(call.server.isConnected && call.media.isEmpty && call.server.path == call.browser.path)
    }

    @Test func `a browser that checks by very many addresses keeps the way that it has chosen`() throws {
        let call = try Call()
        call.connect()
        for port in 1...100 {
            let other = ICEPath(.udp, try SocketAddress(ipAddress: "198.51.100.7", port: port))
            call.inject(call.browser.check(nominating: false), by: other)
        }
        call.browser.send(1, ByteBuffer(string: "still here"))
        call.run(for: .milliseconds(20))
        #expect(call.media.count == 1 && call.server.path == call.browser.path)
    }
}
