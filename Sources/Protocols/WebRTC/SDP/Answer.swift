import RTP

/// What this server says of itself in an answer.
package struct LocalPeer: Hashable, Sendable {
    package let credentials: ICECredentials
    /// The SHA-256 of the certificate.
    package let fingerprint: [UInt8]
    package let candidates: [Candidate]
    /// Names the session in the answer's origin.
    package let number: UInt64
    /// The name that all streams of this peer have in common.
    package let name: String
    /// The streams that are sent, by the name of their section.
    package let sources: [String: Offer.Source]

    package init(
        credentials: ICECredentials, fingerprint: [UInt8], candidates: [Candidate], number: UInt64, name: String,
        sources: [String: Offer.Source]
    ) {
        self.credentials = credentials
        self.fingerprint = fingerprint
        self.candidates = candidates
        self.number = number
        self.name = name
        self.sources = sources
    }
}

extension NegotiatedPeer {
    /// The answer to the offer: all of it accepted, ICE lite, every candidate in it.
    package func answer(of local: LocalPeer) -> String {
        let session = [
            SDPAttribute("group", (["BUNDLE"] + sections.map(\.offered.mid)).joined(separator: " ")),
            SDPAttribute("ice-lite"), SDPAttribute("extmap-allow-mixed"), SDPAttribute("msid-semantic", " WMS *"),
        ]
        let head = ["v=0", "o=- \(local.number >> 1) 1 IN IP4 0.0.0.0", "s=-", "t=0 0"] + session.map(\.line)
        let body = sections.enumerated().flatMap { index, section in
            section.head + (transport(local, isFirst: index == 0) + media(section, local)).map(\.line)
        }
        return (head + body).map { $0 + "\r\n" }.joined()
    }

    /// The answer to a restart: ours again, as a fragment of a description (RFC 9725 §4.3.3).
    package func restart(of local: LocalPeer, with credentials: ICECredentials) -> String {
        let session = [
            SDPAttribute("ice-lite"), SDPAttribute("group", (["BUNDLE"] + sections.map(\.offered.mid)).joined(separator: " ")),
        ]
        let transport =
            [SDPAttribute("ice-ufrag", credentials.fragment), SDPAttribute("ice-pwd", credentials.password)]
            + local.candidates.map(\.attribute) + [SDPAttribute("end-of-candidates")]
        let media = sections.prefix(1).flatMap { section in
            section.head.prefix(1) + ([SDPAttribute("mid", section.offered.mid)] + transport).map(\.line)
        }
        return (session.map(\.line) + media).map { $0 + "\r\n" }.joined()
    }

    private func transport(_ local: LocalPeer, isFirst: Bool) -> [SDPAttribute] {
        let digest = local.fingerprint.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
        let candidates = isFirst ? local.candidates.map(\.attribute) + [SDPAttribute("end-of-candidates")] : []
        return [
            SDPAttribute("ice-ufrag", local.credentials.fragment), SDPAttribute("ice-pwd", local.credentials.password),
            SDPAttribute("fingerprint", "sha-256 " + digest.joined(separator: ":")),
            SDPAttribute("setup", beginsHandshake ? Offer.Setup.active.rawValue : Offer.Setup.passive.rawValue),
        ] + candidates
    }

    private func media(_ section: Section, _ local: LocalPeer) -> [SDPAttribute] {
        let direction: Offer.Direction = role == .publisher ? .receiveOnly : .sendOnly
        var attributes = [
            SDPAttribute("mid", section.offered.mid), SDPAttribute(direction.rawValue), SDPAttribute("rtcp-mux"),
            SDPAttribute("rtcp-mux-only"),
        ]
        if section.offered.hasReducedControl { attributes.append(SDPAttribute("rtcp-rsize")) }
        attributes += section.extensions + section.formats
        if role != .publisher, let source = local.sources[section.offered.mid] {
            attributes += section.announce(source, name: local.name)
        }
        return attributes
    }
}

extension NegotiatedPeer.Section {
    /// What of the feedback this server gives, or acts on.
    private static let feedback = ["transport-cc", "goog-remb", "nack", "nack pli", "ccm fir"]

    fileprivate var head: [String] {
        let types = [codec.payloadType] + (repairType.map { [$0] } ?? [])
        let formats = types.map(String.init).joined(separator: " ")
        return ["m=\(offered.kind.rawValue) 9 UDP/TLS/RTP/SAVPF \(formats)", "c=IN IP4 0.0.0.0"]
    }

    fileprivate var extensions: [SDPAttribute] {
        HeaderExtension.allCases.compactMap { kind in
            offered.extensions[kind].map { SDPAttribute("extmap", "\($0) \(kind.rawValue)") }
        }
    }

    /// The codec as it was offered, without what only its sender says of itself, and its repairs.
    fileprivate var formats: [SDPAttribute] {
        let channels = codec.channels > 1 ? "/\(codec.channels)" : ""
        var attributes = [SDPAttribute("rtpmap", "\(codec.payloadType) \(codec.writtenName)/\(codec.clockRate)\(channels)")]
        attributes += Self.feedback.filter(codec.feedback.contains).map { SDPAttribute("rtcp-fb", "\(codec.payloadType) \($0)") }
        let parameters = codec.parameters.filter { !$0.key.hasPrefix("sprop-") }.sorted { $0.key < $1.key }
        if !parameters.isEmpty {
            let pairs = parameters.map { "\($0.key)=\($0.value)" }
            attributes.append(SDPAttribute("fmtp", "\(codec.payloadType) " + pairs.joined(separator: ";")))
        }
        guard let repairType else { return attributes }
        return attributes + [
            SDPAttribute("rtpmap", "\(repairType) rtx/\(codec.clockRate)"),
            SDPAttribute("fmtp", "\(repairType) apt=\(codec.payloadType)"),
        ]
    }

    /// Both tracks stand in one stream, so that they are played together (RFC 8830).
    fileprivate func announce(_ source: Offer.Source, name: String) -> [SDPAttribute] {
        var attributes = [SDPAttribute("msid", "\(name) \(name)-\(offered.kind.rawValue)")]
        if let repair = source.repair {
            attributes.append(SDPAttribute("ssrc-group", "FID \(source.media) \(repair)"))
        }
        let sources = [source.media] + (source.repair.map { [$0] } ?? [])
        return attributes + sources.map { SDPAttribute("ssrc", "\($0) cname:\(name)") }
    }
}

extension OfferedCodec {
    fileprivate var writtenName: String { name == "OPUS" ? "opus" : name }
}
