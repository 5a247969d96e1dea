package import RTP

/// An offer that has what a connection needs: everything bundled on one transport with RTP and RTCP together.
package struct Offer: Hashable, Sendable {
    package enum Direction: String, Hashable, Sendable {
        case sendOnly = "sendonly"
        case receiveOnly = "recvonly"
        case sendAndReceive = "sendrecv"
        case inactive
    }

    /// Who begins the DTLS handshake (RFC 5763 §5).
    package enum Setup: String, Hashable, Sendable {
        case either = "actpass"
        case active
        case passive
    }

    package struct Fingerprint: Hashable, Sendable {
        /// `sha-256`.
        package let algorithm: String
        package let digest: [UInt8]
    }

    /// One picture or one sound.
    package struct Section: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            case sound = "audio"
            case picture = "video"
        }

        package let mid: String
        package let kind: Kind
        package let direction: Direction
        package let codecs: [OfferedCodec]
        package let extensions: ExtensionMap
        /// The streams that it announces, the stream of repairs with each; some clients announce none.
        package let sources: [Source]
        package let hasReducedControl: Bool
    }

    package struct Source: Hashable, Sendable {
        package let media: SSRC
        package let repair: SSRC?

        package init(media: SSRC, repair: SSRC?) {
            self.media = media
            self.repair = repair
        }
    }

    package let credentials: ICECredentials
    /// All of them vouch for the same certificate.
    package let fingerprints: [Fingerprint]
    package let setup: Setup
    package let sections: [Section]

    package init(_ text: String) throws(SDPError) {
        try self.init(try SessionDescription(text))
    }

    private init(_ description: SessionDescription) throws(SDPError) {
        guard let first = description.sections.first else { throw SDPError(.malformed, "An offer of no media.") }
        let transport = Transport(session: description.attributes, section: first.attributes)
        credentials = try transport.credentials()
        fingerprints = try transport.fingerprints()
        setup = try transport.setup()
        var sections: [Section] = []
        for section in description.sections { sections.append(try Section(section, of: description)) }
        self.sections = sections
        try Self.checkBundle(sections, description.attributes.all("group"))
    }

    private static func checkBundle(_ sections: [Section], _ groups: [String]) throws(SDPError) {
        let mids = sections.map(\.mid)
        guard Set(mids).count == mids.count else { throw SDPError(.malformed, "Two media sections of one name.") }
        let bundle = groups.map { $0.split(separator: " ").map(String.init) }.first { $0.first == "BUNDLE" } ?? []
        guard mids.count == 1 || Set(mids).isSubset(of: bundle.dropFirst()) else {
            throw SDPError(.unacceptable, "Picture and sound are not bundled on one transport (a=group:BUNDLE).")
        }
    }
}

// MARK: - Transport

extension Offer {
    /// The first section speaks for the whole bundle (RFC 9143 §7.1.3); what it leaves out, the session says.
    private struct Transport {
        let session: [SDPAttribute]
        let section: [SDPAttribute]

        private func value(_ name: String) -> String? { section[name] ?? session[name] }

        func credentials() throws(SDPError) -> ICECredentials {
            guard let fragment = value("ice-ufrag"), let password = value("ice-pwd") else {
                throw SDPError(.malformed, "An offer without ICE credentials.")
            }
            return try ICECredentials(said: fragment, password)
        }

        func fingerprints() throws(SDPError) -> [Fingerprint] {
            let own = section.all("fingerprint")
            let fingerprints = (own.isEmpty ? session.all("fingerprint") : own).compactMap(Fingerprint.init)
            guard !fingerprints.isEmpty else { throw SDPError(.malformed, "An offer without the fingerprint of a certificate.") }
            return fingerprints
        }

        /// An offer that leaves it out is active (RFC 4145 §4.1).
        func setup() throws(SDPError) -> Setup {
            guard let text = value("setup") else { return .active }
            guard let setup = Setup(rawValue: text) else {
                throw SDPError(.unacceptable, "a=setup:\(text.prefix(20)) does not begin a connection.")
            }
            return setup
        }
    }
}

extension Offer.Fingerprint {
    /// `sha-256 4A:AD:…`; nil where it is not of that form (RFC 8122 §5).
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { return nil }
        let digits = parts[1].split(separator: ":")
        let digest = digits.compactMap { $0.utf8.count == 2 ? UInt8($0, radix: 16) : nil }
        guard !digest.isEmpty, digest.count == digits.count, digest.count <= 64 else { return nil }
        (algorithm, self.digest) = (parts[0].lowercased(), digest)
    }
}

// MARK: - Sections

extension Offer.Section {
    fileprivate init(_ section: MediaSection, of description: SessionDescription) throws(SDPError) {
        guard let kind = Kind(rawValue: section.media), section.transport.hasSuffix("RTP/SAVPF") else {
            throw SDPError(.unacceptable, "Only picture and sound are taken, not \(section.media.prefix(20)).")
        }
        guard section.attributes["rtcp-mux"] != nil else {
            throw SDPError(.unacceptable, "RTP and RTCP are taken on one transport only (a=rtcp-mux).")
        }
        guard let mid = section.attributes["mid"], 1...ExtensionValues.maximumName ~= mid.utf8.count,
            mid.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else {
            throw SDPError(.malformed, "A media section without a name (a=mid).")
        }
        (self.mid, self.kind) = (mid, kind)
        direction = Self.direction(section.attributes) ?? Self.direction(description.attributes) ?? .sendAndReceive
        codecs = OfferedCodec.read(section)
        extensions = Self.extensions(description.attributes.all("extmap") + section.attributes.all("extmap"))
        sources = Self.sources(section.attributes)
        hasReducedControl = section.attributes["rtcp-rsize"] != nil
    }

    private static func direction(_ attributes: [SDPAttribute]) -> Offer.Direction? {
        attributes.lazy.compactMap { Offer.Direction(rawValue: $0.name) }.first
    }

    /// `4 uri`, or `4/recvonly uri` (RFC 8285 §7).
    private static func extensions(_ values: [String]) -> ExtensionMap {
        var map: ExtensionMap = [:]
        for value in values {
            let parts = value.split(separator: " ")
            guard parts.count >= 2, let number = parts[0].split(separator: "/").first.flatMap({ UInt8($0) }), number > 0,
                let kind = HeaderExtension(rawValue: String(parts[1]))
            else { continue }
            map[kind] = number
        }
        return map
    }

    /// The first of each group of a stream and its repairs; without groups every stream that is named.
    private static func sources(_ attributes: [SDPAttribute]) -> [Offer.Source] {
        let groups = attributes.all("ssrc-group").map { $0.split(separator: " ") }.filter { $0.first == "FID" && $0.count == 3 }
        let pairs = groups.compactMap { group -> Offer.Source? in
            guard let media = UInt32(group[1]), let repair = UInt32(group[2]) else { return nil }
            return Offer.Source(media: SSRC(media), repair: SSRC(repair))
        }
        guard pairs.isEmpty else { return pairs }
        let named = attributes.all("ssrc").compactMap { $0.split(separator: " ").first.flatMap { UInt32($0) } }
        return named.reduce(into: []) { sources, source in
            if sources.last?.media != SSRC(source) { sources.append(Offer.Source(media: SSRC(source), repair: nil)) }
        }
    }
}
