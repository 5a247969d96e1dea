import FoundationEssentials
import RTP
import WebRTC

/// Offers as clients really wrote them, in the corpus of the fuzzer. FFmpeg's is written by hand in the form that it is understood to send.
enum Offers {
    static let folder = URL(filePath: #filePath).appending(path: "../../../../Fuzz/Corpus/SDP").standardized

    static func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: "\(name).sdp")), as: UTF8.self)
    }

    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sdp") }.map { String($0.dropLast(4)) }
    }

    static let local = LocalPeer(
        credentials: ICECredentials(fragment: "hemi", password: "cycle0cycle0cycle0cycle0"),
        fingerprint: Array(0..<32),
        candidates: [
            Candidate(.udp, address: "192.0.2.7", port: 7878, preference: 65_535),
            Candidate(.passiveTCP, address: "192.0.2.7", port: 7878, preference: 65_535),
        ], number: 42, name: "hemicycle", sources: ["1": Offer.Source(media: SSRC(1000), repair: SSRC(1001))])
}
