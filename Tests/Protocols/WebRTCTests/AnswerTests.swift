import RTP
import Testing
import WebRTC

struct AnswerTests {
    private func answer(_ name: String, _ role: NegotiatedPeer.Role) throws -> String {
        try Offer(try Offers.text(name)).accept(as: role).answer(of: Offers.local)
    }

    private func count(_ line: String, in text: String) -> Int {
        text.split(separator: "\r\n").count { $0 == line }
    }

    @Test func `a publisher is answered with one codec each, bundled, lite and passive (WHIP-3, WHIP-12, WHIP-15, ICE-1)`() throws
    {
        let text = try answer("chromium-156-publish", .publisher)
        #expect(count("a=group:BUNDLE 0 1", in: text) == 1)
        #expect(count("a=ice-lite", in: text) == 1)
        #expect(count("m=audio 9 UDP/TLS/RTP/SAVPF 111", in: text) == 1)
        #expect(count("m=video 9 UDP/TLS/RTP/SAVPF 108 109", in: text) == 1)
        for line in ["a=recvonly", "a=setup:passive", "a=rtcp-mux", "a=rtcp-mux-only", "a=rtcp-rsize", "a=ice-ufrag:hemi"] {
            #expect(count(line, in: text) == 2, "\(line)")
        }
        #expect(count("a=fmtp:109 apt=108", in: text) == 1)
        #expect(count("a=rtcp-fb:108 transport-cc", in: text) == 1)
        #expect(count("a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid", in: text) == 2)
        #expect(!text.contains("a=ssrc"))
    }

    @Test func `a viewer is answered with what will be sent: one stream and its repairs (WHEP-1, WHEP-6)`() throws {
        let text = try answer("chromium-156-watch", .viewer(.h264))
        #expect(count("a=sendonly", in: text) == 2)
        #expect(count("a=msid:hemicycle hemicycle-video", in: text) == 1)
        #expect(count("a=ssrc-group:FID 1000 1001", in: text) == 1)
        #expect(count("a=ssrc:1001 cname:hemicycle", in: text) == 1)
    }

    @Test func `whoever waits for the handshake is answered that it begins here (WHIP-15)`() throws {
        #expect(count("a=setup:active", in: try answer("ffmpeg-8-publish", .publisher)) == 2)
        let active = try Offers.text("chromium-156-publish").replacing("a=setup:actpass", with: "a=setup:active")
        let peer = try Offer(active).accept(as: .publisher)
        #expect(count("a=setup:passive", in: peer.answer(of: Offers.local)) == 2)
    }

    @Test func `host candidates are told once, those over TCP after those over UDP (ICE-1, WHIP-10)`() throws {
        let text = try answer("chromium-156-publish", .publisher)
        #expect(count("a=candidate:udp65535 1 udp 2130706431 192.0.2.7 7878 typ host", in: text) == 1)
        #expect(count("a=candidate:tcp65535 1 tcp 1526726655 192.0.2.7 7878 typ host tcptype passive", in: text) == 1)
        #expect(count("a=end-of-candidates", in: text) == 1)
    }

    @Test(arguments: try Offers.names().filter { $0.hasSuffix("publish") })
    func `an answer is a session description that can be read (WHIP-1)`(name: String) throws {
        let text = try answer(name, .publisher)
        #expect(try SessionDescription(text).sections.count == 2)
        #expect(text.hasSuffix("\r\n"))
    }
}
