import LossyNetwork
import NIOCore
import Peers
import SecureTransport
import TestTime
import WebRTC

/// A call between the server's side and a browser's, over a network that a seed makes. Its clock is its own.
final class Call {
    private(set) var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    var server: PeerTransport
    let browser: Browser
    /// What came to the server's side.
    private(set) var events: [TransportEvent] = []
    private var upward: DatagramNetwork<PeerDatagram>
    private var downward: DatagramNetwork<PeerDatagram>

    static let credentials = ICECredentials(fragment: "server", password: "the password of the server's side")

    init(
        browserIs role: DTLSRole = .client, loss: Double = 0, delay: ClosedRange<Int64> = 10...10, seed: UInt64 = 1,
        vouchedFor: Fingerprint? = nil
    ) throws {
        let identity = try DTLSIdentity()
        browser = try Browser(role: role, server: Self.credentials, identity.fingerprint)
        let setup = PeerSetup(
            credentials: Self.credentials, remoteFragment: Browser.fragment,
            fingerprints: [vouchedFor ?? browser.identity.fingerprint], role: role == .client ? .server : .client)
        server = try PeerTransport(setup, identity: identity, at: now)
        upward = DatagramNetwork(seed: seed, loss: loss, delay: delay)
        downward = DatagramNetwork(seed: seed &+ 1, loss: loss, delay: delay)
    }

    var ending: PeerEnding? {
        events.lazy.compactMap { if case .closed(let ending) = $0 { ending } else { nil } }.first
    }

    var media: [ByteBuffer] {
        events.compactMap { if case .media(let packet, _) = $0 { packet } else { nil } }
    }

    /// Lets time pass, to one deadline after another, until `isDone` or for `duration`.
    func run(for duration: TimeAmount, until isDone: (Call) -> Bool = { _ in false }) {
        let end = now + duration
        flush()
        while now < end, !isDone(self) {
            let next = [upward.nextArrival, downward.nextArrival, server.deadline, browser.deadline(at: now)].compactMap(\.self)
                .min()
            advance(to: min(max(next ?? end, now + .milliseconds(1)), end))
        }
    }

    func connect() {
        run(for: .seconds(19)) { $0.server.isConnected && $0.browser.isConnected }
    }

    private func advance(to time: NIODeadline) {
        hemicycle_advance_time((time - now).nanoseconds / 1000)
        now = time
        for datagram in upward.arrivals(at: now) { note(server.receive(datagram.bytes, by: datagram.path, at: now)) }
        for datagram in downward.arrivals(at: now) { browser.receive(datagram.bytes, at: now) }
        if let deadline = server.deadline, deadline <= now { note(server.handleDeadline(at: now)) }
        browser.handleDeadline(at: now)
        flush()
    }

    func flush() {
        while let datagram = server.nextDatagram() { downward.send(datagram, at: now) }
        while let datagram = browser.nextDatagram() { upward.send(datagram, at: now) }
    }

    /// Straight into the server's side, as from a stranger.
    func inject(_ bytes: ByteBuffer, by path: ICEPath) {
        note(server.receive(bytes, by: path, at: now))
    }

    private func note(_ event: TransportEvent?) {
        if let event { events.append(event) }
    }
}
