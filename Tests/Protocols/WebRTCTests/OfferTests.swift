import RTP
import Testing
import WebRTC

struct OfferTests {
    @Test(arguments: try Offers.names()) func `every recorded offer is read`(name: String) throws {
        let offer = try Offer(try Offers.text(name))
        #expect(offer.sections.map(\.kind) == [.sound, .picture] || offer.sections.map(\.kind) == [.picture, .sound])
        #expect(offer.fingerprints.contains { $0.algorithm == "sha-256" && $0.digest.count == 32 })
        #expect(offer.setup == (name == "ffmpeg-8-publish" ? .passive : .either))
    }

    @Test(arguments: try Offers.names().filter { $0.hasSuffix("publish") })
    func `every recorded publisher is accepted as a whole (WHIP-1, WHIP-14)`(name: String) throws {
        let peer = try Offer(try Offers.text(name)).accept(as: .publisher)
        #expect(peer.sections.count == 2)
        let picture = try #require(peer.sections.first { $0.offered.kind == .picture })
        #expect(picture.coding == (name.hasPrefix("firefox") ? .vp8 : .h264))
        #expect(peer.beginsHandshake == name.hasPrefix("ffmpeg"))
    }

    @Test(arguments: try Offers.names().filter { $0.hasSuffix("watch") })
    func `every recorded viewer is accepted for VP8 (WHEP-1)`(name: String) throws {
        let peer = try Offer(try Offers.text(name)).accept(as: .viewer(.vp8))
        #expect(peer.sections.allSatisfy { $0.coding != .h264 })
    }

    @Test func `H.264 is chosen by what it means: constrained baseline in fragments, with its repairs (RTP-9)`() throws {
        let peer = try Offer(try Offers.text("chromium-156-publish")).accept(as: .publisher)
        let picture = try #require(peer.sections.last)
        #expect(picture.codec.payloadType == 108)
        #expect(picture.repairType == 109)
        #expect(picture.hasFeedback("transport-cc"))
        #expect(picture.offered.sources.count == 1)
        #expect(picture.offered.sources.first?.repair != nil)
        #expect(picture.offered.extensions[.transportSequence] == 3)
        #expect(picture.offered.extensions[.mid] == 4)
    }

    @Test func `a browser without H.264 cannot watch a feed of it, and is told which codec lacks (WHEP-6)`() throws {
        let offer = try Offer(try Offers.text("firefox-153-watch"))
        let error = #expect(throws: SDPError.self) { try offer.accept(as: .viewer(.h264)) }
        #expect(error?.code == .noCommonCodec)
        #expect(error?.message.contains("h264") == true)
    }

    @Test func `a publisher that would only receive is refused, and a viewer that would only send (WHIP-3, WHEP-2)`() throws {
        let publisher = try Offer(try Offers.text("chromium-156-publish"))
        let viewer = try Offer(try Offers.text("chromium-156-watch"))
        #expect(throws: SDPError.self) { try viewer.accept(as: .publisher) }
        #expect(throws: SDPError.self) { try publisher.accept(as: .viewer(.vp8)) }
        let inactive = try Offers.text("chromium-156-publish").replacing("a=sendonly", with: "a=inactive")
        #expect(throws: SDPError.self) { try Offer(inactive).accept(as: .publisher) }
    }

    @Test func `two sounds are refused (WHIP-13)`() throws {
        let text = try Offers.text("chromium-156-publish").replacing("m=video", with: "m=audio")
        #expect(throws: SDPError.self) { try Offer(text).accept(as: .publisher) }
    }

    @Test func `one codec that is not known here refuses all of the offer (WHIP-14)`() throws {
        let text = try Offers.text("chromium-156-publish").replacing("opus/48000/2", with: "speex/16000")
        let error = #expect(throws: SDPError.self) { try Offer(text).accept(as: .publisher) }
        #expect(error?.code == .noCommonCodec)
    }

    @Test(arguments: [
        ("a=group:BUNDLE 0 1", "a=group:LS 0 1"), ("a=rtcp-mux\r\n", ""), ("m=video 9 UDP/TLS/RTP/SAVPF", "m=video 9 RTP/AVP"),
        ("m=video", "m=application"), ("a=setup:actpass", "a=setup:holdconn"), ("a=mid:1", "a=mid:0"),
        ("a=ice-pwd:", "a=ice-pwd:x "),
        ("v=0", "v=1"), ("a=fingerprint:sha-256 ", "a=fingerprint:sha-256 Z"), ("s=-", "no line"),
    ])
    func `an offer without what a connection needs is refused (WHIP-2, WHIP-12)`(part: String, instead: String) throws {
        let text = try Offers.text("chromium-156-publish")
        let broken =
            part == "a=ice-pwd:" ? text.replacing(/a=ice-pwd:\S+/, with: "a=ice-pwd:short") : text.replacing(part, with: instead)
        #expect(broken != text)
        #expect(throws: SDPError.self) { try Offer(broken).accept(as: .publisher) }
    }

    @Test func `a text without end is not read`() {
        let text = "v=0\r\n" + String(repeating: "a=x\r\n", count: 20_000)
        #expect(throws: SDPError.self) { try Offer(text) }
    }
}
