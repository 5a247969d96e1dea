import Media
import NIOCore
import RTP
import SecureTransport
import Testing
import Time
import WebRTC

@testable import Peers

struct ViewerPeerTests {
    private func group(of count: Int, ticks: Int64) -> PacketGroup {
        let packets = (1...count).map {
            PacketGroup.Packet(payload: ByteBuffer(repeating: 1, count: 1000), hasMarker: $0 == count)
        }
        return PacketGroup(
            kind: .picture, isKey: true, time: MediaTime(ticks: ticks, timescale: 90_000), instant: UTCInstant(microseconds: 0),
            packets: packets)
    }

    @Test func `a newcomer has its keys before the first picture comes, of which it loses nothing`() throws {
        let watch = try Watch()
        watch.connect { [group(of: 5, ticks: 0)] }
        #expect(watch.browser.received.count == 5)
    }

    @Test func `reports go along with pictures, one a second, and wake nobody`() throws {
        let watch = try Watch()
        watch.connect { [group(of: 1, ticks: 0)] }
        var awake = 0
        for picture in 1...60 as ClosedRange<Int64> {
            watch.now = watch.now + .milliseconds(33)
            if let deadline = watch.viewer.deadline, deadline <= watch.now { awake += 1 }
            watch.viewer.send(group(of: 1, ticks: 3000 * picture), at: watch.now)
            watch.take()
        }
        #expect(awake == 0)
        #expect(watch.reports == 3)
    }
}

/// Somebody who watches over a network that loses nothing and takes no time.
private final class Watch {
    var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    var viewer: ViewerPeer
    let browser: Browser
    /// Compound RTCP packets that came.
    private(set) var reports = 0

    init() throws {
        let (identity, credentials) = (try DTLSIdentity(), ICECredentials(fragment: "server", password: "the server's password"))
        browser = try Browser(role: .client, server: credentials, identity.fingerprint)
        let local = LocalPeer(
            credentials: credentials, fingerprint: identity.fingerprint.digest, candidates: [], number: 1, name: "session",
            sources: ["0": Offer.Source(media: SSRC(1), repair: nil)])
        let peer = try Offer(Self.offer(browser.identity.fingerprint)).accept(as: .viewer(.h264))
        viewer = try ViewerPeer(
            peer, as: local, identity: identity, clock: PeerClock(now, is: UTCInstant(microseconds: 0)), at: now)
    }

    private static func offer(_ fingerprint: Fingerprint) -> String {
        let digest = fingerprint.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
        return """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            m=video 9 UDP/TLS/RTP/SAVPF 96
            c=IN IP4 0.0.0.0
            a=mid:0
            a=recvonly
            a=rtcp-mux
            a=ice-ufrag:\(Browser.fragment)
            a=ice-pwd:a password of 24 letters
            a=fingerprint:sha-256 \(digest)
            a=setup:actpass
            a=rtpmap:96 H264/90000
            a=fmtp:96 packetization-mode=1;profile-level-id=42e01f

            """.replacing("\n", with: "\r\n")
    }

    /// Checks and shakes hands, and is sent what is `cached` once it is connected.
    func connect(_ cached: () -> [PacketGroup]) {
        browser.handleDeadline(at: now)
        while let datagram = browser.nextDatagram() {
            if viewer.receive(datagram.bytes, by: datagram.path, at: now) == .connected { viewer.start(with: cached(), at: now) }
            take()
        }
    }

    func take() {
        while var train = viewer.nextTrain().map({ ($0.bytes, $0.size) }) {
            while let datagram = train.0.readSlice(length: min(train.1, train.0.readableBytes)), datagram.readableBytes > 0 {
                if DatagramKind(datagram) == .media, RTPPacket.isControl(datagram) { reports += 1 }
                browser.receive(datagram, at: now)
            }
        }
    }
}
