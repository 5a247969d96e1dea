import Logging
import NIOCore
import NIOPosix
import Peers
import SecureTransport
import Synchronization
import Testing
import Time
import WebRTC

@testable import WebRTCServer

struct PeerServerTests {
    private static let fragment = "caller"

    /// A browser's offer to watch sound, as short as it can be.
    private static let offer = """
        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=mid:0
        a=recvonly
        a=rtcp-mux
        a=ice-ufrag:\(fragment)
        a=ice-pwd:a password of 24 letters
        a=fingerprint:sha-256 \(Array(repeating: "AB", count: 32).joined(separator: ":"))
        a=setup:actpass
        a=rtpmap:111 opus/48000/2

        """.replacing("\n", with: "\r\n")

    /// Runs a server on loopback while `body` calls it.
    private func withServer(
        maximumPeers: Int = 10, _ body: (PeerServer, SocketAddress) async throws -> Void
    ) async throws {
        var configuration = PeerServer.Configuration()
        (configuration.port, configuration.maximumPeers) = (0, maximumPeers)
        let (addresses, inlet) = AsyncStream.makeStream(of: SocketAddress.self)
        let server = PeerServer(
            configuration: configuration, identity: try DTLSIdentity(), clock: SystemWallClock(),
            group: MultiThreadedEventLoopGroup.singleton, logger: Logger(label: "test")
        ) { for address in $0 { inlet.yield(address) } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for await address in addresses {
                try await body(server, address)
                break
            }
            group.cancelAll()
        }
    }

    private func invite(_ server: PeerServer) throws -> (PeerID, ICECredentials) {
        let peer = try Offer(Self.offer).accept(as: .viewer(nil))
        let welcome = try server.invite(peer, to: .watch(PacketRelay(coding: nil)))
        return (welcome.id, try credentials(in: welcome))
    }

    private func credentials(in welcome: Welcome) throws -> ICECredentials {
        func value(_ name: String) throws -> String {
            let line = try #require(welcome.answer.split(separator: "\r\n").first { $0.hasPrefix("a=\(name):") })
            return String(line.dropFirst(name.count + 3))
        }
        return ICECredentials(fragment: try value("ice-ufrag"), password: try value("ice-pwd"))
    }

    @Test(.timeLimit(.minutes(5)))
    func `a peer's checks are answered from each of its addresses, whichever socket they arrive at (ICE-3)`() async throws {
        try await withServer { server, address in
            let (_, credentials) = try invite(server)
            for number in 1...8 as ClosedRange<UInt64> {
                let caller = try await Caller.datagrams()
                try await caller.send(check(credentials, from: Self.fragment, number: number), to: address)
                let answer = try #require(try await caller.answer())
                #expect(answer.kind == .success)
                #expect(answer.mappedAddress == caller.channel.localAddress)
                try await caller.channel.close()
            }
            #expect(server.peers == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a peer may come by TCP (RFC 6544)`() async throws {
        try await withServer { server, address in
            let (_, credentials) = try invite(server)
            let caller = try await Caller.stream(to: address)
            try await caller.sendFramed(check(credentials, from: Self.fragment))
            #expect(try await caller.answer()?.kind == .success)
            try await caller.channel.close()
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `strangers are not answered, and leave a peer alone (O-4)`() async throws {
        try await withServer { server, address in
            let (_, credentials) = try invite(server)
            let caller = try await Caller.datagrams()
            let stranger = ICECredentials(fragment: "nobody", password: credentials.password)
            let hello = ByteBuffer(bytes: [22, 254, 253] + [UInt8](repeating: 0, count: 200))
            let checks = (1...500 as ClosedRange<UInt64>).map { check(stranger, from: "x", number: $0) }
            try await caller.flood(checks.flatMap { [$0, hello] }, to: address)
            // The flood may crowd a datagram out: agents send their checks again.
            let checking = Task {
                while !Task.isCancelled {
                    try await caller.send(check(credentials, from: Self.fragment, number: 1000), to: address)
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            defer { checking.cancel() }
            let answer = try #require(try await caller.answer())
            #expect(answer.transaction == STUNTransaction(high: 1, low: 1000))
            #expect(server.peers == 1)
            try await caller.channel.close()
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a peer that is closed is answered no more, and who invited it is told`() async throws {
        try await withServer { server, address in
            let (id, credentials) = try invite(server)
            let caller = try await Caller.datagrams()
            try await caller.send(check(credentials, from: Self.fragment), to: address)
            _ = try await caller.answer()
            server.close(id)
            while server.has(id) { await Task.yield() }
            let (_, others) = try invite(server)
            try await caller.send(check(credentials, from: Self.fragment, number: 2), to: address)
            try await caller.send(check(others, from: Self.fragment, number: 3), to: address)
            #expect(try await caller.answer()?.transaction == STUNTransaction(high: 1, low: 3))
            try await caller.channel.close()
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `no more peers are invited than there may be`() async throws {
        try await withServer(maximumPeers: 2) { server, _ in
            let (id, _) = try invite(server)
            _ = try invite(server)
            #expect(throws: PeerRefusal.self) { try invite(server) }
            server.close(id)
            _ = try invite(server)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `WHIP-11 a peer that restarts before it has come is let in by its new credentials`() async throws {
        try await withServer { server, address in
            let (id, _) = try invite(server)
            let renewed = try credentials(in: try #require(server.restart(id, remoteFragment: "again")))
            let caller = try await Caller.datagrams()
            try await caller.send(check(renewed, from: "again"), to: address)
            #expect(try await caller.answer()?.kind == .success)
            try await caller.channel.close()
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a socket that is lost is opened again on its port, and trains are not left to the kernel any more`() async throws {
        let (loop, registry) = (MultiThreadedEventLoopGroup.singleton.next(), PeerRegistry(maximum: 1))
        let (identity, configuration) = (try DTLSIdentity(), PeerServer.Configuration())
        let clock = PeerClock(.now(), is: SystemWallClock().now())
        let handle = try await loop.submit {
            PeerLoopHandle(PeerLoop(loop, registry: registry, identity: identity, clock: clock, configuration))
        }.get()
        let listener = Listener(
            host: "127.0.0.1", place: 0, peers: [handle], configuration: configuration, logger: Logger(label: "test"))
        let socket = try await listener.open(handle, on: 0).get()
        let address = try #require(socket.localAddress)
        try await loop.submit { handle.value.reopen = { _ in listener.reopen(handle, on: address.port ?? 0) } }.get()
        try await socket.close()
        while try await loop.submit({ handle.value.sockets.all.isEmpty }).get() { await Task.yield() }
        let port = try await loop.submit { handle.value.sockets.all.first?.localAddress?.port }.get()
        #expect(port == address.port)
        #expect(try await loop.submit { handle.value.sockets.cutsTrains }.get() == false)
        try await loop.submit { handle.value.stop() }.get()
    }
}
