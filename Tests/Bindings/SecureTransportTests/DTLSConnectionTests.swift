import COpenSSL
import LossyNetwork
import NIOCore
import SecureTransport
import TestTime
import Testing

/// Two of our own sides, with a network between them that a seed makes.
struct DTLSConnectionTests {
    private final class Pair {
        let client: DTLSConnection
        let server: DTLSConnection
        var outcomes: [DTLSRole: DTLSProgress] = [:]
        var datagrams = 0
        private var now = NIODeadline.uptimeNanoseconds(0)
        private var random: SeededGenerator
        private let loss: Double

        init(vouchedForServer: Fingerprint? = nil, loss: Double = 0, seed: UInt64 = 1) throws {
            let (first, second) = (try DTLSIdentity(), try DTLSIdentity())
            client = try DTLSConnection(first, role: .client, peer: [vouchedForServer ?? second.fingerprint])
            server = try DTLSConnection(second, role: .server, peer: [first.fingerprint])
            random = SeededGenerator(seed: seed)
            self.loss = loss
        }

        /// Until both sides have come to an end, or nothing more happens within a minute.
        func run() {
            note(.client, client.start())
            while outcomes.count < 2, now < .uptimeNanoseconds(60_000_000_000) {
                if !deliver() { wait() }
            }
        }

        private func deliver() -> Bool {
            var moved = false
            while let datagram = client.nextDatagram() { moved = pass(datagram, to: .server, server) || moved }
            while let datagram = server.nextDatagram() { moved = pass(datagram, to: .client, client) || moved }
            return moved
        }

        private func pass(_ datagram: ByteBuffer, to role: DTLSRole, _ connection: DTLSConnection) -> Bool {
            datagrams += 1
            #expect(datagram.readableBytes <= 1200)
            guard Double.random(in: 0..<1, using: &random) >= loss else { return true }
            note(role, connection.receive(datagram))
            return true
        }

        private func wait() {
            let step = TimeAmount.milliseconds(20)
            hemicycle_advance_time(step.nanoseconds / 1000)
            now = now + step
            for (role, side) in [(DTLSRole.client, client), (.server, server)] {
                if let deadline = side.deadline(from: now), deadline <= now { note(role, side.timeOut()) }
            }
        }

        private func note(_ role: DTLSRole, _ progress: DTLSProgress) {
            if progress != .none, outcomes[role] == nil { outcomes[role] = progress }
        }

        func keying(_ role: DTLSRole) throws -> SRTPKeying {
            guard case .established(let keying) = outcomes[role] else {
                Issue.record("\(role): \(String(describing: outcomes[role]))")
                throw CancellationError()
            }
            return keying
        }
    }

    @Test func `DTLS-2, DTLS-3: both sides agree on GCM, and what one sends with the other receives with`() throws {
        let pair = try Pair()
        pair.run()
        let (client, server) = (try pair.keying(.client), try pair.keying(.server))
        #expect(client.profile == .aeadAES128GCM && server.profile == .aeadAES128GCM)
        #expect(client.outbound == server.inbound && client.inbound == server.outbound)
        #expect(client.outbound != client.inbound)
        #expect(client.outbound.key.count == 16 && client.outbound.salt.count == 12)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `a handshake comes through a network that loses every third datagram`(seed: UInt64) throws {
        let pair = try Pair(loss: 0.33, seed: seed)
        pair.run()
        #expect(try pair.keying(.client).outbound == pair.keying(.server).inbound)
    }

    @Test func `DTLS-1: a certificate that nobody vouched for ends the connection at once`() throws {
        let pair = try Pair(vouchedForServer: Fingerprint(algorithm: .sha256, digest: [UInt8](repeating: 7, count: 32)))
        pair.run()
        #expect(pair.outcomes[.client] == .closed(.wrongFingerprint))
        guard case .established = pair.outcomes[.server] else { return }
        var last = DTLSProgress.none
        while let datagram = pair.client.nextDatagram() { last = pair.server.receive(datagram) }
        #expect(last == .closed(.byPeer))
    }

    @Test func `a goodbye is heard`() throws {
        let pair = try Pair()
        pair.run()
        pair.client.close()
        let goodbye = try #require(pair.client.nextDatagram())
        #expect(pair.server.receive(goodbye) == .closed(.byPeer))
        #expect(pair.server.receive(goodbye) == .none)
    }

    @Test func `a complaint that others left behind in OpenSSL ends nobody's connection`() throws {
        let pair = try Pair()
        pair.run()
        let isFound = unsafe BIO_new_file("/nowhere/to/be/found", "r") != nil
        #expect(!isFound)
        #expect(pair.server.receive(ByteBuffer(repeating: 22, count: 20)) == .none)
        pair.client.close()
        #expect(pair.server.receive(try #require(pair.client.nextDatagram())) == .closed(.byPeer))
    }

    @Test func `rubbish from the network changes nothing`() throws {
        let pair = try Pair()
        for length in [1, 13, 14, 200, 1500] {
            #expect(pair.server.receive(ByteBuffer(repeating: 22, count: length)) == .none)
        }
        pair.run()
        #expect(try pair.keying(.client).outbound == pair.keying(.server).inbound)
    }
}
