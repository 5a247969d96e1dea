package import RTP

/// What both sides have agreed on: the client's offer with one codec chosen for each of its sections.
package struct NegotiatedPeer: Hashable, Sendable {
    /// What the client does here.
    package enum Role: Hashable, Sendable {
        /// It sends (WHIP).
        case publisher
        /// It receives pictures of this coding (WHEP); nil where the feed has none.
        case viewer(PictureCoding?)
    }

    package struct Section: Hashable, Sendable {
        package let offered: Offer.Section
        package let codec: OfferedCodec
        /// How its pictures are packed; nil for sound.
        package let coding: PictureCoding?
        /// The payload type of its repairs (RFC 4588); nil where there are none.
        package let repairType: UInt8?

        /// Whether the client asked for `feedback`, or says that it honours it.
        package func hasFeedback(_ feedback: String) -> Bool { codec.feedback.contains(feedback) }
    }

    package let offer: Offer
    package let role: Role
    package let sections: [Section]

    /// Whether the client waits for our DTLS hello: it does where it offered nothing else (RFC 5763 §5).
    package var beginsHandshake: Bool { offer.setup == .passive }
}

extension Offer {
    /// Agrees to all of the offer.
    ///
    /// - Throws: why it cannot be taken as a whole; nothing is accepted in part (RFC 9725 §4.4.3).
    package func accept(as role: NegotiatedPeer.Role) throws(SDPError) -> NegotiatedPeer {
        for kind in [Section.Kind.sound, .picture] where sections.count(where: { $0.kind == kind }) > 1 {
            throw SDPError(
                .unacceptable, "One picture and one sound are taken, and the offer has more than one \(kind.rawValue).")
        }
        var accepted: [NegotiatedPeer.Section] = []
        for section in sections { accepted.append(try section.accept(as: role)) }
        return NegotiatedPeer(offer: self, role: role, sections: accepted)
    }
}

extension Offer.Section {
    fileprivate func accept(as role: NegotiatedPeer.Role) throws(SDPError) -> NegotiatedPeer.Section {
        let fitting: Offer.Direction = role == .publisher ? .sendOnly : .receiveOnly
        guard direction == fitting || direction == .sendAndReceive else {
            throw SDPError(
                .unacceptable, "The offer's \(kind.rawValue) is \(direction.rawValue); here it has to be \(fitting.rawValue).")
        }
        guard let (codec, coding) = choose(for: role) else {
            throw SDPError(.noCommonCodec, "The offer's \(kind.rawValue) has no codec that can be used: \(wanted(role)).")
        }
        let repair = codecs.first { $0.name == "RTX" && $0.parameters["apt"] == "\(codec.payloadType)" }
        return NegotiatedPeer.Section(offered: self, codec: codec, coding: coding, repairType: repair?.payloadType)
    }

    private func choose(for role: NegotiatedPeer.Role) -> (OfferedCodec, PictureCoding?)? {
        guard kind == .picture else { return codecs.first(where: \.isOpus).map { ($0, nil) } }
        for coding in Self.codings(role) {
            if let codec = best(of: coding) { return (codec, coding) }
        }
        return nil
    }

    /// H.264 first: HLS and recordings take it as it is.
    private static func codings(_ role: NegotiatedPeer.Role) -> [PictureCoding] {
        switch role {
        case .publisher: [.h264, .vp8, .vp9, .av1]
        case .viewer(let coding): coding.map { [$0] } ?? PictureCoding.allCases
        }
    }

    private func best(of coding: PictureCoding) -> OfferedCodec? {
        let fitting = codecs.filter { $0.clockRate == PictureCoding.clockRate && $0.isUsable(as: coding) }
        return fitting.first(where: \.isConstrainedBaseline) ?? fitting.first
    }

    private func wanted(_ role: NegotiatedPeer.Role) -> String {
        kind == .sound ? "Opus is needed" : "one of \(Self.codings(role).map(\.rawValue).joined(separator: ", ")) is needed"
    }
}

extension OfferedCodec {
    /// RFC 7587 §7: always this clock and two channels.
    fileprivate var isOpus: Bool { name == "OPUS" && clockRate == 48_000 && channels == 2 }

    /// H.264 in fragments (packetization-mode 1), and 8-bit 4:2:0 of the others, which is what a missing parameter means.
    fileprivate func isUsable(as coding: PictureCoding) -> Bool {
        switch coding {
        case .h264: name == "H264" && parameters["packetization-mode"] == "1"
        case .vp8: name == "VP8"
        case .vp9: name == "VP9" && parameters["profile-id", default: "0"] == "0"
        case .av1: name == "AV1" && parameters["profile", default: "0"] == "0"
        }
    }

    /// Profile 66 with constraint set 1 (RFC 6184 §8.1): has no B-frames, and everybody decodes it.
    fileprivate var isConstrainedBaseline: Bool {
        guard let profile = parameters["profile-level-id"], profile.utf8.count == 6, let bits = UInt32(profile, radix: 16) else {
            return false
        }
        return bits >> 16 == 66 && bits >> 8 & 0x40 != 0
    }
}
