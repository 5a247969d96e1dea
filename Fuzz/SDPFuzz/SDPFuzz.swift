import Fuzzing
import NIOCore
import RTP
import WebRTC

/// An offer for either side: what is accepted is accepted as a whole, and has one answer that can be read.
@main enum SDPFuzz: Fuzzing {
    private static let local = LocalPeer(
        credentials: ICECredentials(fragment: "fragment", password: "passwordpasswordpassword"),
        fingerprint: [UInt8](repeating: 1, count: 32), candidates: [], number: 1, name: "hemicycle", sources: [:])

    static func test(_ input: ByteBuffer) {
        guard let offer = try? Offer(String(buffer: input)) else { return }
        for role in [.publisher, .viewer(nil), .viewer(.h264)] as [NegotiatedPeer.Role] {
            guard let peer = try? offer.accept(as: role) else { continue }
            precondition(peer.sections.count == offer.sections.count, "an offer was accepted in part")
            let answer = try? SessionDescription(peer.answer(of: local))
            precondition(answer?.sections.count == offer.sections.count, "the answer cannot be read")
        }
    }
}
