import NIOCore
import RTP
import SecureTransport
import WebRTC

/// An offer to receive pictures, as Chromium makes it of its constrained baseline profile.
enum ViewerOffer {
    static func text(_ credentials: ICECredentials, _ fingerprint: Fingerprint) -> String {
        let digest = fingerprint.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
        let lines = """
            v=0
            o=- 1 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=extmap-allow-mixed
            m=video 9 UDP/TLS/RTP/SAVPF 108 109
            c=IN IP4 0.0.0.0
            a=ice-ufrag:\(credentials.fragment)
            a=ice-pwd:\(credentials.password)
            a=ice-options:trickle
            a=fingerprint:\(fingerprint.algorithm.rawValue) \(digest.joined(separator: ":"))
            a=setup:actpass
            a=mid:0
            a=extmap:2 \(HeaderExtension.absoluteSendTime.rawValue)
            a=extmap:3 \(HeaderExtension.transportSequence.rawValue)
            a=extmap:4 \(HeaderExtension.mid.rawValue)
            a=recvonly
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:108 H264/90000
            a=rtcp-fb:108 goog-remb
            a=rtcp-fb:108 transport-cc
            a=rtcp-fb:108 ccm fir
            a=rtcp-fb:108 nack
            a=rtcp-fb:108 nack pli
            a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
            a=rtpmap:109 rtx/90000
            a=fmtp:109 apt=108
            """
        return lines.split(separator: "\n").map { $0 + "\r\n" }.joined()
    }
}

/// What the server says of itself in its answer.
struct ServerSide {
    let credentials: ICECredentials
    let fingerprints: [Fingerprint]
    let address: SocketAddress
    /// The stream of pictures.
    let picture: SSRC

    init(_ answer: String) throws {
        let said = try Offer(answer)
        credentials = said.credentials
        fingerprints = said.fingerprints.compactMap { fingerprint in
            Fingerprint.Algorithm(rawValue: fingerprint.algorithm).map { Fingerprint(algorithm: $0, digest: fingerprint.digest) }
        }
        let attributes = try SessionDescription(answer).sections.first?.attributes ?? []
        let candidate = attributes.first { $0.name == "candidate" }?.value?.split(separator: " ") ?? []
        guard candidate.count > 5, let port = Int(candidate[5]), let source = said.sections.first?.sources.first else {
            throw CrowdError("The answer has no candidate, or no stream.")
        }
        address = try SocketAddress(ipAddress: String(candidate[4]), port: port)
        picture = source.media
    }
}
