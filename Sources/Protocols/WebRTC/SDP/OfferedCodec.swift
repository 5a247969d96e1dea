/// One payload type of an offer with all that is said of it: matched by what it means, since its number means nothing.
package struct OfferedCodec: Hashable, Sendable {
    package let payloadType: UInt8
    /// In upper case: `H264`, `OPUS`, `RTX`.
    package let name: String
    package let clockRate: Int32
    package let channels: Int
    /// Of its `fmtp`, names in lower case.
    package let parameters: [String: String]
    /// Of its `rtcp-fb`: `nack`, `nack pli`, `transport-cc`.
    package let feedback: Set<String>

    /// The codecs of a section in the order of the offer; what has no `rtpmap` is left out.
    static func read(_ section: MediaSection) -> [OfferedCodec] {
        let maps = byPayloadType(section.attributes.all("rtpmap"))
        let parameters = byPayloadType(section.attributes.all("fmtp"))
        let feedback = byPayloadType(section.attributes.all("rtcp-fb"))
        return section.formats.compactMap { format in
            guard let map = maps[format]?.first else { return nil }
            return OfferedCodec(
                format, map, parameters[format] ?? [], Set((feedback[format] ?? []) + (feedback["*"] ?? [])))
        }
    }

    private init?(_ format: String, _ map: String, _ parameters: [String], _ feedback: Set<String>) {
        let parts = map.split(separator: "/")
        guard let payloadType = UInt8(format), payloadType < 128, parts.count >= 2, let rate = Int32(parts[1]), rate > 0
        else { return nil }
        self.payloadType = payloadType
        name = parts[0].uppercased()
        clockRate = rate
        channels = parts.count > 2 ? Int(parts[2]) ?? 1 : 1
        self.parameters = Self.parameters(parameters)
        self.feedback = feedback
    }

    /// `96 packetization-mode=1;profile-level-id=42e01f` and its kin.
    private static func byPayloadType(_ values: [String]) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for value in values {
            let parts = value.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { found[String(parts[0]), default: []].append(String(parts[1])) }
        }
        return found
    }

    private static func parameters(_ values: [String]) -> [String: String] {
        var found: [String: String] = [:]
        for pair in values.flatMap({ $0.split(separator: ";") }) {
            let parts = pair.split(separator: "=", maxSplits: 1).map { String($0.filter { $0 != " " }) }
            if parts.count == 2 { found[parts[0].lowercased()] = parts[1] }
        }
        return found
    }
}
